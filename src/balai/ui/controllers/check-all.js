// <label hidden><input type="checkbox" data-controller="check-all" data-name="turn"></label>: ticks every box
// of that name in its form. The label appears only where this runs.
document.querySelectorAll('[data-controller~="check-all"]').forEach(function (all) {
  var boxes = all.form.querySelectorAll('input[type="checkbox"][name="' + all.dataset.name + '"]');
  all.closest('label').hidden = false;
  all.addEventListener('change', function () {
    boxes.forEach(function (box) { box.checked = all.checked; });
  });
});
