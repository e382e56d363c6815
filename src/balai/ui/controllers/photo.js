// shells: citizen desk
// <input type="file" data-controller="photo">: shrink a photo to 1600 px on the phone before it is sent,
// show it, and say how much data that saved. The server checks and re-encodes everything anyway.
(function () {
  var LONGEST = 1600, QUALITY = 0.82;
  function kb(bytes) { return bytes > 1e6 ? (bytes / 1e6).toFixed(1).replace('.', ',') + ' MB' : Math.round(bytes / 1e3) + ' kB'; }
  function show(input, file, before) {
    var box = document.querySelector('[data-preview-for="' + input.id + '"]');
    if (!box) return;
    box.textContent = '';
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
  document.addEventListener('change', function (event) {
    var input = event.target;
    if (!input.matches('[data-controller~="photo"]') || !input.files || !input.files[0]) return;
    var file = input.files[0], ready = Promise.resolve(file);
    if (/^image\/(jpeg|png|webp|heic)/.test(file.type) && window.createImageBitmap && window.DataTransfer) {
      ready = shrink(file).catch(function () { return file; });
    }
    ready.then(function (small) {
      if (small !== file && input.files[0] === file) {
        var transfer = new DataTransfer();
        transfer.items.add(small);
        input.files = transfer.files;
      }
      show(input, small, file.size);
    });
  });
})();
