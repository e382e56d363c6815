// <button type="button" data-controller="print" hidden>: shown only where scripts run.
document.querySelectorAll('[data-controller~="print"]').forEach(function (button) {
  button.hidden = false;
  button.addEventListener('click', function () { window.print(); });
});
