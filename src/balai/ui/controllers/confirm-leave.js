// <form data-controller="confirm-leave">: ask before typed answers are left behind.
(function () {
  var forms = document.querySelectorAll('[data-controller~="confirm-leave"]'), dirty = false;
  if (!forms.length) return;
  forms.forEach(function (form) {
    form.addEventListener('input', function () { dirty = true; });
    form.addEventListener('submit', function () { dirty = false; });
  });
  window.addEventListener('beforeunload', function (event) { if (dirty) event.preventDefault(); });
})();
