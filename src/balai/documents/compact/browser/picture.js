// The text of a QR code in a picture: by the browser's own detector where there is one, else by the shipped reader.
const LONGEST = 2400;

async function detector() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  return formats?.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : null;
}

const detecting = detector();

function byReader(canvas) {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d', { willReadFrequently: true }).getImageData(0, 0, width, height);
  try {
    return QrReader.decode({ width, height, data });
  } catch {
    return '';
  }
}

async function textIn(canvas) {
  const native = await detecting;
  if (native) {
    const found = await native.detect(canvas).catch(() => []);
    if (found.length) return found[0].rawValue;
  }
  return byReader(canvas);
}

// Draws a picture or a frame of the camera, at most so large, and reads it.
export async function textOf(source, width, height, canvas, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return textIn(canvas);
}

// A photo of a whole page is tried as it is, then smaller (a blurred one is read better), then in quarters.
export async function textOfFile(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const canvas = document.createElement('canvas');
  for (const longest of [LONGEST, 1200, 800]) {
    const text = await textOf(picture, picture.width, picture.height, canvas, longest);
    if (text) return text;
  }
  return textInQuarters(picture, canvas);
}

async function textInQuarters(picture, canvas) {
  const width = Math.round(picture.width * 0.6), height = Math.round(picture.height * 0.6);
  for (const left of [0, picture.width - width]) {
    for (const top of [picture.height - height, 0]) {
      const part = await createImageBitmap(picture, left, top, width, height);
      const text = await textOf(part, width, height, canvas);
      if (text) return text;
    }
  }
  return '';
}
