// The camera: looks until a code is found or it is stopped.
import { textOf } from './picture.js';

const EVERY_MS = 150;

export class Camera {
  constructor(video) {
    this.video = video;
    this.canvas = document.createElement('canvas');
    this.stream = null;
  }

  // Calls found(text) once. Throws what getUserMedia throws when there is no camera or it is not allowed.
  async start(found) {
    const wanted = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look(found);
  }

  async look(found) {
    if (!this.stream) return;
    const { videoWidth, videoHeight } = this.video;
    const text = videoWidth ? await textOf(this.video, videoWidth, videoHeight, this.canvas, 1920) : '';
    if (text && this.stream) {
      this.stop();
      found(text);
    } else {
      setTimeout(() => this.look(found), EVERY_MS);
    }
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }
}
