// shells: desk
// <p data-controller="fill-text" data-target="id of a textarea"> with links that carry data-text: puts the text
// where the cursor is and marks the first [part] that is left to fill in. Without scripts the link comes back
// with the text in the box.
document.querySelectorAll('[data-controller~="fill-text"]').forEach(function (list) {
  var box = document.getElementById(list.dataset.target);
  if (!box) return;
  list.addEventListener('click', function (event) {
    var link = event.target.closest('[data-text]');
    if (!link) return;
    event.preventDefault();
    var at = box.selectionStart, before = box.value.slice(0, at), after = box.value.slice(box.selectionEnd);
    if (before && !/\s$/.test(before)) before += ' ';
    box.value = before + link.dataset.text + after;
    box.focus();
    var blank = /\[[^\[\]]+\]/.exec(link.dataset.text);
    var from = before.length + (blank ? blank.index : link.dataset.text.length);
    box.setSelectionRange(from, from + (blank ? blank[0].length : 0));
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
});
