// <input type="file" data-controller="photo">: shrink a photo to 1600 px on the phone before it is sent,
// show it, and say how much data that saved. The server checks and re-encodes everything anyway.
// Comes with each file field; a second copy finds nothing left to do.
(function () {
  if (window.balaiPhoto) return;
  window.balaiPhoto = true;
  var LONGEST = 1600, QUALITY = 0.82;
  function kb(bytes) { return bytes > 1e6 ? (bytes / 1e6).toFixed(1).replace('.', ',') + ' MB' : Math.round(bytes / 1e3) + ' kB'; }
  function settle(input) {
    var field = input.closest('.field'), error = field && field.querySelector('.error-text');
    input.removeAttribute('aria-invalid');
    if (error) { error.hidden = true; field.classList.remove('has-error'); }
  }
  function add(box, file, before) {
    if (/^image\//.test(file.type)) {
      var image = new Image();
      image.alt = '';
      image.onload = function () { URL.revokeObjectURL(image.src); };
      image.src = URL.createObjectURL(file);
      box.appendChild(image);
    }
    var text = document.createElement('span');
    text.setAttribute('role', 'status');
    text.textContent = file.name + ', ' + kb(file.size) + (before > file.size ? ' (semula ' + kb(before) + ')' : '');
    box.appendChild(text);
    box.hidden = false;
  }
  function shrink(file) {
    return createImageBitmap(file, { imageOrientation: 'from-image' }).then(function (bitmap) {
      var scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) { canvas.toBlob(done, 'image/jpeg', QUALITY); });
    }).then(function (blob) {
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
    });
  }
  function ready(file) {
    if (!/^image\/(jpeg|png|webp|heic)/.test(file.type) || !window.createImageBitmap || !window.DataTransfer) return file;
    return shrink(file).catch(function () { return file; });
  }
  document.addEventListener('change', function (event) {
    var input = event.target;
    if (!input.matches('[data-controller~="photo"]') || !input.files || !input.files[0]) return;
    var chosen = Array.from(input.files), box = document.querySelector('[data-preview-for="' + input.id + '"]');
    settle(input);
    Promise.all(chosen.map(ready)).then(function (small) {
      if (input.files[0] !== chosen[0]) return;
      if (small.some(function (file, index) { return file !== chosen[index]; })) {
        var transfer = new DataTransfer();
        small.forEach(function (file) { transfer.items.add(file); });
        input.files = transfer.files;
      }
      if (!box) return;
      box.textContent = '';
      small.forEach(function (file, index) { add(box, file, chosen[index].size); });
    });
  });
})();
