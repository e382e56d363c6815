// <button type="button" data-controller="copy" data-copy="text" hidden>: copies, and says so in its own label.
document.querySelectorAll('[data-controller~="copy"]').forEach(function (button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', function () {
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var label = button.querySelector('span') || button, before = label.textContent;
      label.textContent = button.dataset.copied || 'Tersalin';
      setTimeout(function () { label.textContent = before; }, 2500);
    });
  });
});
