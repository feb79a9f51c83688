// Marks the hours of the current day in Sweden, and shows whether the office is open now. Nothing is shown if the hours are not known.
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Stockholm', year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
}).formatToParts(new Date());
const part = (type) => parts.find((each) => each.type === type).value;
const week = document.querySelector(`.hours [data-day="${part('weekday').toLowerCase()}"]`);
const exception = document.querySelector(`.hours [data-on="${part('year')}-${part('month')}-${part('day')}"]`);

if (week) {
  const today = exception ?? week;
  today.classList.add('today');
  today.firstElementChild.append(` (${document.querySelector('.hours').dataset.today})`);
  const time = `${part('hour')}:${part('minute')}`;
  const isOpen = today.dataset.hours.split(' ').some((period) => {
    const [opens, closes] = period.split('-');
    return period !== '' && opens <= time && time < closes;
  });
  const note = document.getElementById('open-now');
  if (note?.dataset.status === 'open') {
    note.textContent = isOpen ? note.dataset.open : note.dataset.closed;
    note.classList.toggle('is-open', isOpen);
    note.hidden = false;
  }
}
