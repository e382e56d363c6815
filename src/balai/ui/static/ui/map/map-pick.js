// A point of a form, shown on a map: tap, drag, or walk with the arrow keys and press Enter.
(function () {
  document.addEventListener('on-demand', function (event) {
    var button = event.target, point = button.closest('[data-point]');
    if (button.dataset.opens !== 'map-pick') return;
    var box = point.querySelector('[data-map]'), said = point.querySelector('[role="status"]'), words = window.balaiWords;
    window.balaiMap.open(box).then(function (map) {
      if (!map.picks) { map.picks = true; pick(map); }
      button.hidden = true;
      box.focus();
    }, function () { said.textContent = point.dataset.failed; });

    function pick(map) {
      var lat = point.querySelector('[data-lat]'), lon = point.querySelector('[data-lon]');
      var marker;
      function write(place, text) {
        lat.value = place.lat.toFixed(5);
        lon.value = place.lng.toFixed(5);
        lat.dispatchEvent(new Event('change', { bubbles: true }));
        said.textContent = text || words.chosen.replace(/%\(\w+\)s/, lat.value + ', ' + lon.value);
        point.querySelector('[data-point-clear]').hidden = false;
      }
      function put(place, text) {
        if (marker) marker.setLatLng(place); else {
          marker = L.marker(place, { draggable: true, autoPan: true, keyboard: false, title: words.marker, icon: L.divIcon({ className: 'map-pin', iconSize: null }) }).addTo(map);
          marker.on('dragend', function () { write(marker.getLatLng()); });
        }
        write(place, text);
      }
      function tools() {
        var below = document.createElement('div'), help = document.createElement('p'), middle = document.createElement('button');
        below.className = 'actions map-tools';
        help.className = 'help';
        help.textContent = words.help;
        middle.type = 'button';
        middle.className = 'button secondary';
        middle.textContent = words.middle;
        middle.addEventListener('click', function () { put(map.getCenter()); });
        below.append(help, middle);
        box.after(below);
      }
      function near(place) { map.setView(place, Math.max(map.getZoom(), 15)); }
      map.on('click', function (click) { put(click.latlng); });
      box.addEventListener('keydown', function (key) {
        if (key.target === box && (key.key === 'Enter' || key.key === ' ')) { key.preventDefault(); put(map.getCenter()); }
      });
      tools();
      point.addEventListener('point-set', function (set) {
        var place = L.latLng(set.detail.lat, set.detail.lon);
        put(place, set.detail.text);
        near(place);
      });
      point.addEventListener('point-clear', function () { if (marker) { marker.remove(); marker = null; } });
      if (lat.value && lon.value) {
        var before = said.textContent, place = L.latLng(+lat.value, +lon.value);
        put(place, before);
        near(place);
      } else if (box.dataset.near) near(L.latLng(box.dataset.near.split(',')));
    }
  });
})();
