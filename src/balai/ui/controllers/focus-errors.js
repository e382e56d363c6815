// The error summary takes the focus when a page comes back with errors, so it is read first. A form that was
// sent to its own address is then kept in the history as that page, not as the sending: Back and reload show
// it again instead of the browser's question whether to send once more.
(function () {
  var summary = document.querySelector('[data-controller~="focus-errors"]');
  if (!summary) return;
  summary.focus();
  var here = location.href.split('#')[0];
  var sentHere = Array.from(document.querySelectorAll('main form[method="post"]')).some(function (form) {
    return form.action.split('#')[0] === here;
  });
  if (sentHere) history.replaceState(null, '', here);
})();
