// A form with data-controller="once" is sent once: the second click waits for the answer of the first.
// The server is idempotent anyway; this spares a person the doubt.
document.addEventListener('submit', function (event) {
  var form = event.target;
  if (!form.matches('[data-controller~="once"]') || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  form.querySelectorAll('button:not([type="button"])').forEach(function (button) {
    button.setAttribute('aria-disabled', 'true');
    if (button === event.submitter && form.dataset.sendingLabel) {
      (button.querySelector('span') || button).textContent = form.dataset.sendingLabel;
    }
  });
});
// Coming back with the browser's Back button shows the page from memory: the form may be sent again.
window.addEventListener('pageshow', function (event) {
  if (!event.persisted) return;
  document.querySelectorAll('form[data-sent]').forEach(function (form) {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-disabled]').forEach(function (button) { button.removeAttribute('aria-disabled'); });
  });
});
