// The map under all maps: the town's own borders and roads, and tiles of an outside server where the town names one.
// window.balaiMap.open(box) draws it into an element with data-base and answers a promise of Leaflet's map.
(function () {
  var words = window.balaiWords;
  var PLAIN = ['town', 'village-edge', 'district-edge', 'owner', 'village', 'local', 'provincial', 'national'];
  var OVER_TILES = ['village-edge', 'district-edge'];
  function escaped(text) { var node = document.createElement('span'); node.textContent = text; return node.innerHTML; }
  function label(kind, text) {
    var node = document.createElement('span');
    node.textContent = text;
    return L.divIcon({ className: 'map-name map-' + kind, html: node, iconSize: null });
  }
  function wanted(kind, zoom) {
    if (kind === 'district-name') return zoom < 14;
    if (kind === 'village-name') return zoom >= 12;
    return zoom >= (kind === 'national' || kind === 'provincial' ? 13 : 15);
  }
  function middle(feature) {
    var shape = feature.geometry, line = shape.coordinates;
    if (shape.type === 'Point') return L.latLng(line[1], line[0]);
    if (shape.type === 'MultiLineString') line = line[0];
    var a = line[Math.floor((line.length - 1) / 2)], b = line[Math.ceil((line.length - 1) / 2)];
    return L.latLng((a[1] + b[1]) / 2, (a[0] + b[0]) / 2);
  }
  // As many names as fit without lying over each other, the larger things first.
  function name(map, features) {
    var layer = L.layerGroup().addTo(map);
    map.createPane('names').style.zIndex = 450;
    var named = features.filter(function (each) { return /-name$|national|provincial|local|^village$/.test(each.properties.k); })
      .map(function (each) { return { kind: each.properties.k, text: each.properties.n, at: middle(each) }; });
    named.sort(function (a, b) { return /-name$/.test(b.kind) - /-name$/.test(a.kind); });
    function draw() {
      var zoom = map.getZoom(), seen = map.getBounds(), taken = [];
      layer.clearLayers();
      named.forEach(function (each) {
        if (taken.length > 60 || !wanted(each.kind, zoom) || !seen.contains(each.at)) return;
        var pixel = map.latLngToContainerPoint(each.at), half = each.text.length * 3.6 + 6;
        var clashes = taken.some(function (one) {
          return Math.abs(one.pixel.x - pixel.x) < one.half + half && Math.abs(one.pixel.y - pixel.y) < 18;
        });
        if (clashes) return;
        taken.push({ pixel: pixel, half: half });
        L.marker(each.at, { icon: label(each.kind, each.text), pane: 'names', interactive: false, keyboard: false }).addTo(layer);
      });
    }
    map.on('moveend zoomend', draw);
    draw();
  }
  function draw(box, base) {
    var map = L.map(box, { attributionControl: false, zoomControl: false, maxZoom: 19, minZoom: 7, zoomSnap: .5 });
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false, position: 'topright' }).addTo(map);
    L.control.attribution({ prefix: 'Leaflet' }).addTo(map);
    var kinds = base.tiles ? OVER_TILES : PLAIN;
    if (base.tiles) L.tileLayer(base.tiles.url, { attribution: escaped(base.tiles.attribution), maxZoom: 19, referrerPolicy: 'origin' }).addTo(map);
    var shapes = base.features.filter(function (each) { return kinds.indexOf(each.properties.k) >= 0 && each.geometry.type !== 'Point'; });
    shapes.sort(function (a, b) { return kinds.indexOf(a.properties.k) - kinds.indexOf(b.properties.k); });
    var drawn = L.geoJSON(shapes, {
      interactive: false, attribution: escaped(base.source),
      style: function (feature) { return { className: 'map-line map-' + feature.properties.k }; }
    }).addTo(map);
    map.town = drawn.getBounds();
    if (map.town.isValid()) { map.fitBounds(map.town); map.setMaxBounds(map.town.pad(.6)); } else map.setView([-2.5, 118], 5);
    if (!base.tiles) name(map, base.features);
    return map;
  }
  window.balaiMap = {
    open: function (box) {
      if (!box.opened) {
        box.hidden = false;
        box.setAttribute('role', 'application');
        box.setAttribute('aria-label', box.dataset.label || words.map);
        box.opened = fetch(box.dataset.base).then(function (answer) {
          if (!answer.ok) throw new Error(answer.status);
          return answer.json();
        }).then(function (base) { return draw(box, base); });
        box.opened.catch(function () { box.opened = null; box.hidden = true; });
      }
      return box.opened;
    },
    marker: function (text, kind) {
      var node = document.createElement('span');
      node.textContent = text;
      return L.divIcon({ className: 'map-mark map-mark-' + kind, html: node, iconSize: [36, 36] });
    }
  };
})();
