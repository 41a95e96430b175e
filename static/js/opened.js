// Whoever moves about on a page that was shown to them by a link has opened it: said once, and only by a person's doing.

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"]
const banner = document.querySelector("[data-opened]")

function tell(event) {
  if (!event.isTrusted || document.visibilityState !== "visible") return
  for (const sign of SIGNS) removeEventListener(sign, tell)
  const body = new URLSearchParams({ quietly: "" })
  fetch(banner.dataset.opened, { method: "POST", body, keepalive: true }).catch(() => {})
}

if (banner) for (const sign of SIGNS) addEventListener(sign, tell, { passive: true })
