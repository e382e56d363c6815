// Fills the point of a form with where the phone says it is, and says how far that may be wrong; empties it, too.
(function () {
  function fill(text, metres) { return text.replace(/%\(\w+\)s/, metres < 1000 ? Math.round(metres) + ' m' : (metres / 1000).toFixed(1).replace('.', ',') + ' km'); }
  function clear(point, text) {
    point.querySelectorAll('[data-lat], [data-lon]').forEach(function (input) { input.value = ''; });
    point.querySelector('[data-point-clear]').hidden = true;
    point.querySelector('[role="status"]').textContent = text;
    point.dispatchEvent(new CustomEvent('point-clear'));
    point.querySelector('[role="status"]').focus();
  }
  document.addEventListener('on-demand', function (event) {
    var button = event.target, opens = button.dataset.opens, words = window.balaiWords, point = button.closest('[data-point]');
    if (opens === 'point-clear') return clear(point, words.cleared);
    if (opens !== 'locate') return;
    function say(text) { point.querySelector('[role="status"]').textContent = text; }
    if (!navigator.geolocation || !window.isSecureContext) return say(words.unavailable);
    say(words.asking);
    navigator.geolocation.getCurrentPosition(function (found) {
      var where = found.coords, text = fill(where.accuracy > 100 ? words.coarse : words.found, where.accuracy);
      point.querySelector('[data-lat]').value = where.latitude.toFixed(5);
      point.querySelector('[data-lon]').value = where.longitude.toFixed(5);
      point.querySelector('[data-lat]').dispatchEvent(new Event('change', { bubbles: true }));
      point.querySelector('[data-point-clear]').hidden = false;
      say(text);
      point.dispatchEvent(new CustomEvent('point-set', { detail: { lat: where.latitude, lon: where.longitude, text: text } }));
    }, function (error) {
      say(error.code === 1 ? words.denied : error.code === 3 ? words.late : words.unavailable);
    }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
  });
})();
