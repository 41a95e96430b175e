/* Title and standfirst are as high as what stands in them. */

for (const field of document.querySelectorAll(".writing .title textarea, .writing .stand textarea")) {
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.style.resize = "none";
  field.addEventListener("input", grow);
  addEventListener("resize", grow);
  grow();
}
