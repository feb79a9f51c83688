// Runs example queries in the page, and copies the URL of a query.
const MAX_CHARACTERS = 20_000;

async function run(button) {
  const answer = button.closest('.example').querySelector('.answer');
  const [head, code] = [answer.querySelector('.answer-head'), answer.querySelector('code')];
  button.disabled = true;
  const started = performance.now();
  try {
    const response = await fetch(button.dataset.url, { headers: { Accept: 'application/json' } });
    const text = JSON.stringify(JSON.parse(await response.text()), null, 2);
    head.textContent = `${response.status} · ${Math.round(performance.now() - started)} ms`;
    code.textContent = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}\n…` : text;
  } catch {
    head.textContent = answer.dataset.failed;
    code.textContent = '';
  }

  answer.hidden = false;
  button.disabled = false;
}

for (const button of document.querySelectorAll('.run')) {
  button.hidden = false;
  button.addEventListener('click', () => run(button));
}

for (const button of document.querySelectorAll('.copy')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(location.origin + document.querySelector('#exports [data-format=""]').getAttribute('href'));
    button.textContent = button.dataset.done;
  });
}
