// Points of a GeoJSON address on a map: near ones as a number, each with a small window and a link.
// properties: title, and optionally note, url, tone (calm, good, attention, late), count (already many).
(function () {
  var NEAR = 52, MOST = 8;
  function at(feature) { return L.latLng(feature.geometry.coordinates[1], feature.geometry.coordinates[0]); }
  function number(feature) { return feature.properties.count || 1; }
  function together(map, features) {
    var groups = {};
    features.forEach(function (feature) {
      var pixel = map.project(at(feature)), key = Math.floor(pixel.x / NEAR) + ':' + Math.floor(pixel.y / NEAR);
      (groups[key] = groups[key] || []).push(feature);
    });
    return Object.keys(groups).map(function (key) { return groups[key]; });
  }
  function line(feature) {
    var row = document.createElement('p'), given = feature.properties, title = document.createElement(given.url ? 'a' : 'b');
    title.textContent = given.title;
    if (given.url) title.href = given.url;
    row.appendChild(title);
    if (given.note) { row.appendChild(document.createElement('br')); row.appendChild(document.createTextNode(given.note)); }
    return row;
  }
  function several(features, words) {
    var list = document.createElement('div');
    features.slice(0, MOST).forEach(function (feature) { list.appendChild(line(feature)); });
    if (features.length > MOST) {
      var rest = document.createElement('p');
      rest.textContent = words.more.replace(/%\(\w+\)s/, features.length - MOST);
      list.appendChild(rest);
    }
    return list;
  }
  function show(map, box, said) {
    var layer = L.layerGroup().addTo(map), words = window.balaiWords, given = box.dataset, known = [], asking;
    function draw() {
      var seen = map.getBounds().pad(.2);
      layer.clearLayers();
      together(map, known.filter(function (feature) { return seen.contains(at(feature)); })).forEach(function (group) {
        var sum = group.reduce(function (total, feature) { return total + number(feature); }, 0), first = group[0];
        var text = sum === 1 ? first.properties.title : words.many.replace(/%\(\w+\)s/, sum);
        var tone = group.every(function (each) { return each.properties.tone === first.properties.tone; }) && first.properties.tone || 'calm';
        var place = L.latLngBounds(group.map(at)).getCenter();
        var mark = L.marker(place, { icon: window.balaiMap.marker(sum === 1 ? '' : sum, tone), title: text }).addTo(layer);
        mark.getElement().setAttribute('aria-label', text);
        if (sum > group.length || (group.length > 1 && map.getZoom() < 18)) {
          mark.on('click', function () { map.setView(place, Math.min(19, map.getZoom() + 2)); });
        } else mark.bindPopup(several(group, words), { maxWidth: 260 });
      });
    }
    function address() {
      if (!('byBox' in given)) return given.url;
      var bounds = map.getBounds(), sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      return given.url + (given.url.indexOf('?') < 0 ? '?' : '&') + 'bbox=' + sides.map(function (side) { return side.toFixed(5); }).join(',');
    }
    function ask() {
      if (asking) asking.abort();
      asking = new AbortController();
      return fetch(address(), { signal: asking.signal }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(function (found) {
        known = found.features.filter(function (feature) { return feature.geometry && feature.geometry.type === 'Point'; });
        said.textContent = known.length ? '' : words.none;
        draw();
      }).catch(function (error) { if (error.name !== 'AbortError') said.textContent = words.points_failed; });
    }
    map.on('zoomend', draw);
    map.on('moveend', 'byBox' in given ? ask : draw);
    return ask().then(function () {
      if ('byBox' in given || !known.length) return;
      map.fitBounds(L.latLngBounds(known.map(at)).pad(.2), { maxZoom: 16 });
    });
  }
  document.addEventListener('on-demand', function (event) {
    var button = event.target;
    if (button.dataset.opens !== 'map-show') return;
    var whole = button.closest('[data-on-demand-box]'), box = whole.querySelector('[data-map]'), said = whole.querySelector('[role="status"]');
    window.balaiMap.open(box).then(function (map) {
      button.hidden = true;
      box.focus();
      return show(map, box, said);
    }).catch(function () { said.textContent = whole.dataset.failed; });
  });
})();
