// <input type="file" data-controller="photo" data-blur="Samarkan …" data-blur-help data-blur-done data-blur-cancel>:
// beside each previewed photo a button that opens it large; faces and plates are painted over before anything is
// sent, by finger, mouse or keyboard (arrows, space, + and -). Coarse blocks: nobody can bring them back.
(function () {
  if (!window.DataTransfer || !window.HTMLDialogElement || !window.createImageBitmap) return;
  var BLOCKS = 26, QUALITY = 0.85;
  function make(tag, text, name) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function sized(width, height) {
    var canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    return canvas;
  }
  function blocks(source) {
    var step = Math.max(source.width, source.height) / BLOCKS;
    var small = sized(Math.max(1, Math.round(source.width / step)), Math.max(1, Math.round(source.height / step)));
    small.getContext('2d').drawImage(source, 0, 0, small.width, small.height);
    var large = sized(source.width, source.height), pen = large.getContext('2d');
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, 0, 0, large.width, large.height);
    return large;
  }
  function swap(input, before, after) {
    var transfer = new DataTransfer();
    Array.from(input.files).forEach(function (file) { transfer.items.add(file === before ? after : file); });
    input.files = transfer.files;
  }
  function editor(input, file, bitmap, done) {
    var dialog = make('dialog', '', 'blur-editor'), words = input.dataset;
    var help = make('p', words.blurHelp, 'help'), canvas = sized(bitmap.width, bitmap.height);
    var mark = make('span', '', 'blur-mark'), frame = make('div', '', 'blur-frame'), row = make('p', '', 'actions');
    var save = make('button', words.blurDone, 'button'), leave = make('button', words.blurCancel, 'button secondary');
    var pen = canvas.getContext('2d'), at = { x: canvas.width / 2, y: canvas.height / 2 };
    var reach = Math.max(canvas.width, canvas.height) / 16, isDown = false, isChanged = false;
    pen.drawImage(bitmap, 0, 0);
    var coarse = blocks(canvas);
    help.id = input.id + '-blur-help';
    dialog.setAttribute('aria-label', words.blur);
    dialog.setAttribute('aria-describedby', help.id);
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', words.blur);
    canvas.setAttribute('aria-describedby', help.id);
    save.type = leave.type = 'button';
    function place() {
      var scale = canvas.clientWidth / canvas.width;
      mark.hidden = document.activeElement !== canvas;
      mark.style.setProperty('--x', at.x * scale + 'px');
      mark.style.setProperty('--y', at.y * scale + 'px');
      mark.style.setProperty('--r', reach * scale + 'px');
    }
    function paint() {
      pen.save();
      pen.beginPath();
      pen.arc(at.x, at.y, reach, 0, 7);
      pen.clip();
      pen.drawImage(coarse, 0, 0);
      pen.restore();
      isChanged = true;
    }
    function follow(event) {
      var box = canvas.getBoundingClientRect();
      at.x = (event.clientX - box.left) * canvas.width / box.width;
      at.y = (event.clientY - box.top) * canvas.height / box.height;
      paint();
      place();
    }
    canvas.addEventListener('pointerdown', function (event) { isDown = true; canvas.setPointerCapture(event.pointerId); follow(event); });
    canvas.addEventListener('pointermove', function (event) { if (isDown) follow(event); });
    canvas.addEventListener('pointerup', function () { isDown = false; });
    canvas.addEventListener('pointercancel', function () { isDown = false; });
    canvas.addEventListener('focus', place);
    canvas.addEventListener('blur', place);
    canvas.addEventListener('keydown', function (event) {
      var step = reach / 2, moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (moves[event.key]) {
        at.x = Math.min(canvas.width, Math.max(0, at.x + moves[event.key][0] * step));
        at.y = Math.min(canvas.height, Math.max(0, at.y + moves[event.key][1] * step));
      } else if (event.key === ' ' || event.key === 'Enter') paint();
      else if (event.key === '+') reach *= 1.25;
      else if (event.key === '-') reach /= 1.25;
      else return;
      event.preventDefault();
      place();
    });
    leave.addEventListener('click', function () { dialog.close(); });
    save.addEventListener('click', function () {
      if (!isChanged) { dialog.close(); return; }
      canvas.toBlob(function (blob) {
        done(new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }));
        dialog.close();
      }, 'image/jpeg', QUALITY);
    });
    dialog.addEventListener('close', function () { dialog.remove(); });
    frame.append(canvas, mark);
    row.append(save, leave);
    dialog.append(help, frame, row);
    document.body.appendChild(dialog);
    dialog.showModal();
    canvas.focus();
  }
  function offer(input, box) {
    var pictures = Array.from(input.files).filter(function (file) { return /^image\//.test(file.type); });
    Array.from(box.querySelectorAll('img')).forEach(function (image, index) {
      if (image.dataset.blurred || !pictures[index]) return;
      image.dataset.blurred = 'offered';
      var file = pictures[index], button = make('button', input.dataset.blur, 'button plain');
      button.type = 'button';
      button.addEventListener('click', function () {
        createImageBitmap(file).then(function (bitmap) {
          editor(input, file, bitmap, function (changed) {
            swap(input, file, changed);
            file = changed;
            image.src = URL.createObjectURL(changed);
            button.focus();
          });
        });
      });
      (image.nextElementSibling || image).after(button);
    });
  }
  document.querySelectorAll('input[data-blur]').forEach(function (input) {
    var box = document.querySelector('[data-preview-for="' + input.id + '"]');
    if (box) new MutationObserver(function () { offer(input, box); }).observe(box, { childList: true });
  });
})();
