// A field with data-controller="show-if" hides while another field has a different value. Hidden controls
// stay enabled: the server decides what counts, and what was typed is not lost.
(function () {
  var fields = document.querySelectorAll('[data-controller~="show-if"]');
  if (!fields.length) return;
  function valueOf(form, name) {
    var control = form.elements[name];
    if (!control) return null;
    if (control.type === 'checkbox') return control.checked ? 'yes' : 'no';
    return control.value;
  }
  function update() {
    fields.forEach(function (field) {
      var form = field.closest('form'), value = form && valueOf(form, field.dataset.showField);
      if (value !== null && !field.classList.contains('has-error')) {
        field.hidden = field.dataset.showValue.split('|').indexOf(value) < 0;
      }
    });
  }
  document.addEventListener('change', update);
  update();
})();
