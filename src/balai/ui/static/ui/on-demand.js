// <button type="button" data-controller="on-demand" data-opens="map-pick" data-scripts="a.js b.js" data-styles="c.css" hidden>:
// appears where scripts run. A click loads what it names, in order and once a page, then says "on-demand" to whoever came.
// Comes with each box that needs it; a second copy finds nothing left to do.
document.querySelectorAll('[data-controller~="on-demand"][hidden]').forEach(function (button) {
  function load(address) {
    var isStyle = /\.css$/.test(address), node = document.createElement(isStyle ? 'link' : 'script');
    if (document.querySelector('[data-on-demand="' + address + '"]')) return Promise.resolve();
    return new Promise(function (done, fail) {
      node.dataset.onDemand = address;
      node.onload = done;
      node.onerror = function () { node.remove(); fail(); };
      if (isStyle) { node.rel = 'stylesheet'; node.href = address; } else node.src = address;
      document.head.appendChild(node);
    });
  }
  button.hidden = false;
  button.addEventListener('click', function () {
    if (button.getAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    [button.dataset.styles, button.dataset.scripts].join(' ').trim().split(/\s+/).reduce(function (before, address) {
      return before.then(function () { return load(address); });
    }, Promise.resolve()).then(function () {
      button.dispatchEvent(new CustomEvent('on-demand', { bubbles: true }));
    }, function () {
      var box = button.closest('[data-on-demand-box]');
      box.querySelector('[role="status"]').textContent = box.dataset.failed;
    }).then(function () { button.removeAttribute('aria-busy'); });
  });
});
