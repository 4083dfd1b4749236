import { Problem, imageReasons, maxPhotoBytes } from './api.js';

const longestSide = 2048;
const smallEnoughBytes = 3 * 1024 * 1024;
let turn = Promise.resolve();

/**
 * Brings a chosen photo down to what finding a face needs, so that several of them fit into one request.
 * A photo that the browser can't decode is given back as it is, for the server to judge; throws a Problem where that is too large to send.
 */
export function shrink(file) {
  // One after another: a photo of a phone takes some 50 MB of memory while it is decoded.
  const mine = turn.then(() => redraw(file)).catch(() => file);
  turn = mine;
  return mine.then((photo) => {
    if (photo.size > maxPhotoBytes) {
      throw new Problem(imageReasons.tooManyBytes, { status: 413 });
    }

    return photo;
  });
}

async function redraw(file) {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
    if (scale === 1 && file.size <= smallEnoughBytes) {
      return file;
    }

    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#fff'; // JPEG knows no transparency.
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.imageSmoothingQuality = 'high';
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
    return blob ? new File([blob], file.name, { type: blob.type }) : file;
  } finally {
    image.close();
  }
}
