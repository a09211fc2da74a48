/// The script of the map, for more places than a drawing of elements can hold: it paints the table's places on a canvas. Every other
/// page and every act works without a script.
enum PageScript {
  static let text = """
    "use strict";
    for (const canvas of document.querySelectorAll("canvas[data-points]")) {
      const table = document.getElementById(canvas.dataset.points);
      const rows = [...table.querySelectorAll("tbody tr[data-x]")];
      const paint = () => {
        const ratio = window.devicePixelRatio || 1;
        const [width, height] = [Number(canvas.dataset.width), Number(canvas.dataset.height)];
        canvas.width = width * ratio;
        canvas.height = height * ratio;
        const pen = canvas.getContext("2d");
        pen.scale(ratio, ratio);
        const style = getComputedStyle(canvas);
        pen.clearRect(0, 0, width, height);
        for (const row of rows) {
          pen.fillStyle = style.getPropertyValue(row.dataset.kind === "applicant" ? "--bad" : "--ink");
          pen.globalAlpha = row.dataset.kind === "applicant" ? 1 : 0.6;
          const size = row.dataset.kind === "applicant" ? 4 : 2;
          pen.fillRect(Number(row.dataset.x) - size / 2, Number(row.dataset.y) - size / 2, size, size);
        }
      };
      paint();
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    }

    """
}
