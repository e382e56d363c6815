// The error summary takes the focus when a page comes back with errors, so it is read first.
(function () {
  var summary = document.querySelector('[data-controller~="focus-errors"]');
  if (summary) summary.focus();
})();
