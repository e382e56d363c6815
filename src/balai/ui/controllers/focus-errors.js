// The error summary takes the focus when a page comes back with errors, so it is read first. A form that was
// sent to its own address is then kept in the history as that page, not as the sending: Back and reload show
// it again instead of the browser's question whether to send once more.
(function () {
  var summary = document.querySelector('[data-controller~="focus-errors"]');
  if (!summary) return;
  summary.focus();
  if (document.querySelector('main form[method="post"]:not([action])')) history.replaceState(null, "", location.href);
})();
