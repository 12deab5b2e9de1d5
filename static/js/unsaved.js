/* Keeps what is typed into a form on the server, two seconds after typing stops, and before it is sent.
   Nothing is kept in the browser: the computer may be shared. */
"use strict";

(() => {
  const PAUSE = 2000;
  const AGAIN = 5000;
  const SMALL = 60000; // what browsers still send of a page that is going away

  const state = document.getElementById("kept");
  const form = state?.closest("form");
  if (!form) return;
  const { address, by, testimony, signIn } = state.dataset;
  const sentences = JSON.parse(state.dataset.sentences);

  // The server's clock stands in another time zone, perhaps.
  const { lang } = document.documentElement;
  const clock = (time) => time.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll(".unsaved time")) {
    const at = new Date(time.dateTime);
    time.textContent = `${clock(at)}, ${at.toLocaleDateString(lang, { dateStyle: "long" })}`;
  }

  const typed = () => {
    const said = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    return new URLSearchParams(said).toString();
  };

  let kept = typed();
  let timer, sent, waiting;
  let last = Promise.resolve(true);

  const say = (name, at) => {
    state.className = name;
    state.replaceChildren(sentences[name].replace("%s", at && clock(new Date(at))));
    if (name !== "signed_out" && name !== "somebody_else") return;
    const link = document.createElement("a");
    Object.assign(link, { href: signIn, target: "_blank", rel: "noopener", textContent: sentences.sign_in });
    state.append(" ", link);
  };

  // Signing in gives the browser another token: the old one of this page is then refused like a missing session.
  const renew = async () => {
    const answer = await fetch(`${address}?by=${by}`);
    const { state: found, token } = await answer.json();
    if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return found;
  };

  const post = (now) => {
    const body = new URLSearchParams(now);
    body.set("by", by);
    body.set("testimony", testimony);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const keepalive = document.visibilityState === "hidden" && body.toString().length < SMALL;
    return fetch(address, { method: "POST", body, keepalive, signal: AbortSignal.timeout(30000) });
  };

  const keep = async () => {
    clearTimeout(timer);
    const now = typed();
    say("keeping");
    try {
      let answer = await post(now);
      if (answer.status === 403) {
        const found = await renew();
        if (found !== "signed_in") {
          timer = setTimeout(later, AGAIN);
          return say(found), false;
        }
        answer = await post(now);
      }
      if (!answer.ok) return say("refused"), false;
      const said = await answer.json();
      kept = now;
      say(said.state, said.at);
      if (!waiting) form.dispatchEvent(new CustomEvent("unsaved:kept"));
      return true;
    } catch {
      timer = setTimeout(later, AGAIN);
      return say("offline"), false;
    }
  };

  // One after another, so that an older state never overtakes a newer one.
  const next = () => (last = last.then(keep));
  const later = () => {
    if (!sent && typed() !== kept) next();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(later, PAUSE);
  };

  // What was typed before this script was there, or was put back by the browser, is not kept yet.
  const TYPED = "textarea[name], input[name]:not([type=hidden], [type=checkbox], [type=radio], [type=submit])";
  if ([...form.querySelectorAll(TYPED)].some((one) => one.value !== one.defaultValue)) {
    kept = "";
    changed();
  } else addEventListener("load", () => timer || (kept = typed())); // other scripts have put the form in order by now

  // Select2 and the pop-ups tell of a change through jQuery only.
  django.jQuery(form).on("input change", changed);
  document.addEventListener("formset:added", changed);
  document.addEventListener("formset:removed", changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && later());
  window.addEventListener("focus", () => state.classList.contains("signed_out") && later());
  window.addEventListener("online", later);
  window.addEventListener("pageshow", () => (sent = waiting = false));

  // What is sent was kept before: an answer that never comes, or a session that has ended, loses nothing.
  form.addEventListener("submit", async (event) => {
    if (sent) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    sent = await next();
    waiting = false;
    if (sent) form.requestSubmit(event.submitter);
  });
})();
