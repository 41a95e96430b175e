// What is new in the conversation counts as read once it has stood in view for two seconds on a page that is looked at.

const form = document.querySelector("form[data-read]")
const talk = document.querySelector("#conversation")

async function say() {
  try {
    await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      redirect: "error",
    })
  } catch {
    // It stays new until it is seen again.
  }
}

if (form && talk) {
  let waiting
  const last = [...talk.querySelectorAll("[data-new]")].pop() ?? talk
  new IntersectionObserver((entries, observer) => {
    clearTimeout(waiting)
    if (!entries.some((entry) => entry.isIntersecting)) return
    waiting = setTimeout(() => {
      if (document.visibilityState !== "visible") return
      observer.disconnect()
      say()
    }, 2000)
  }).observe(last)
}
