// <label hidden><input type="checkbox" data-controller="check-all" data-name="turn"></label>: ticks every box
// of that name that belongs to its form, wherever it stands. The label appears only where this runs.
document.querySelectorAll('[data-controller~="check-all"]').forEach(function (all) {
  var boxes = [].filter.call(all.form.elements, function (each) {
    return each.type === 'checkbox' && each.name === all.dataset.name;
  });
  all.closest('label').hidden = false;
  all.addEventListener('change', function () {
    boxes.forEach(function (box) { box.checked = all.checked; });
  });
});
