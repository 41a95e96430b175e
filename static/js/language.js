/* What is typed in the language of a submission is marked with the one that is chosen, as soon as it is chosen. */

const FIELDS = ["title", "standfirst", "body", "references", "lead_alt", "lead_caption", "lead_credit"];

const chosen = document.querySelector("select[name=language]");
chosen?.addEventListener("change", () => {
  for (const name of FIELDS) {
    const field = chosen.form.elements[name];
    field?.setAttribute("lang", chosen.value);
    field?.closest(".field")?.querySelector(".ProseMirror")?.setAttribute("lang", chosen.value);
  }
});
