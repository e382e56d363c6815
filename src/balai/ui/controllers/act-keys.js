// shells: desk
// <section data-controller="act-keys">: a letter goes to whatever carries data-key="r" on the page: a summary
// opens and its first control takes the focus, a link is followed, a button takes the focus, so that Enter
// confirms. Nothing happens for one letter alone. <button type="button" data-keys-switch hidden> turns it off.
(function () {
  var page = document.querySelector('[data-controller~="act-keys"]'), name = 'balai-keys-off';
  if (!page) return;
  function isOff() { try { return localStorage.getItem(name) === 'yes'; } catch (error) { return false; } }
  var button = page.querySelector('[data-keys-switch]');
  function show() {
    page.classList.toggle('keys-off', isOff());
    if (button) { button.hidden = false; button.setAttribute('aria-pressed', String(isOff())); }
  }
  if (button) button.addEventListener('click', function () {
    try { localStorage.setItem(name, isOff() ? 'no' : 'yes'); } catch (error) { return; }
    show();
  });
  function go(target) {
    if (target.tagName === 'A') { target.click(); return; }
    if (target.tagName === 'SUMMARY') {
      target.parentElement.open = true;
      target = target.parentElement.querySelector('textarea, select, input:not([type="hidden"]), button') || target;
    }
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && event.target.closest('details')) {
      event.target.closest('details').querySelector('summary').focus();
      return;
    }
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    var target = event.key.length === 1 && page.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!target) return;
    event.preventDefault();
    go(target);
  });
  show();
})();
