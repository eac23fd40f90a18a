// Adds a button that copies each quote and citation. Without this script the text can be selected.
// The text is read as text and never as markup.
for (const one of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${one.dataset.copy}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(one.textContent.replaceAll("\u00a0", " "));
      button.textContent = "Copied";
    } catch { // no right to the clipboard: mark the text, so that the keys of the reader copy it
      getSelection().selectAllChildren(one);
      button.textContent = "Marked: press Ctrl+C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 3000);
  });
  one.after(" ", button);
}
