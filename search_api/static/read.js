// The line that an address asks for has the focus, so that the keyboard and a screen reader go on from there.
// Addresses with a fragment are the browser's own business.
document.addEventListener("DOMContentLoaded", () => {
  const asked = document.querySelector(".asked");
  if (asked && !location.hash) {
    asked.focus();
    asked.scrollIntoView({ block: "center" });
  }
});
