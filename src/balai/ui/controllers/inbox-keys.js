// shells: desk
// <table data-controller="inbox-keys">: j and k walk the rows, Enter opens, / goes to the search box.
(function () {
  var list = document.querySelector('[data-controller~="inbox-keys"]');
  if (!list) return;
  function links() { return Array.prototype.slice.call(list.querySelectorAll('[data-row] a[href]:first-of-type')); }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === '/') {
      var search = document.querySelector('input[type="search"]');
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    var step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (!step) return;
    var all = links(), here = all.indexOf(document.activeElement);
    if (here < 0) here = all.findIndex(function (link) { return link.closest('[aria-selected="true"]'); });
    var next = all[Math.max(0, Math.min(all.length - 1, here + step))];
    if (next) next.focus();
  });
})();
