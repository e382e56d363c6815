// <div id="x" data-controller="poll" data-url="…" data-seconds="20">: asks with If-None-Match whether the
// fragment changed and replaces it when it did. Slows down to five minutes while nothing changes, stops
// while the page is hidden. The element keeps its focus: it is left alone while somebody works in it.
document.querySelectorAll('[data-controller~="poll"]').forEach(function (box) {
  var first = Math.max(5, +box.dataset.seconds || 20), wait = first, etag = '', timer;
  function plan() { clearTimeout(timer); timer = setTimeout(ask, wait * 1000); }
  function slower() { wait = Math.min(300, wait * 1.5); }
  function ask() {
    if (document.hidden || box.contains(document.activeElement)) return plan();
    fetch(box.dataset.url, { headers: Object.assign({ 'X-Balai-Poll': '1' }, etag ? { 'If-None-Match': etag } : {}), credentials: 'same-origin' })
      .then(function (answer) {
        if (answer.status === 304) { slower(); return null; }
        // A session that ended answers with the door: leave the page as it is.
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        etag = answer.headers.get('ETag') || '';
        return answer.text();
      })
      .then(function (html) {
        if (html === null || html === box.innerHTML) return;
        box.innerHTML = html;
        wait = first;
      })
      .catch(slower)
      .then(plan);
  }
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { wait = first; ask(); } });
  plan();
});
