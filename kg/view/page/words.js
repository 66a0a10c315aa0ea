// What the page says in words: dates, modality, confidence, counts.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const MODALITY_WORDS = {
  actual: "took place",
  planned: "planned: had not happened when it was reported",
  proposed: "proposed: someone wants it, nobody says that it is settled",
  postponed: "postponed: was to happen and was put off",
  cancelled: "cancelled: was to happen and will not",
  denied: "denied: the source says that it is not so",
};
const DISPUTED_WORDS = "disputed: another report, or a list of office holders, says otherwise";

const PLURALS = { Country: "Countries", Leader: "Leaders", Organization: "Organizations", Meeting: "Meetings",
  Framework: "Frameworks", Project: "Projects", Place: "Places", Topic: "Topics" };

function confidenceWords(percent) {
  if (percent >= 90) return `very likely right (${percent}%)`;
  if (percent >= 75) return `likely right (${percent}%)`;
  if (percent >= 50) return `more likely right than wrong (${percent}%)`;
  return `doubtful (${percent}%)`;
}

function dateWords(date) {
  if (!date) return "no date";
  const [begin, end] = date.split("/");
  return end ? `${oneDate(begin)} to ${oneDate(end)}` : oneDate(begin);
}

function oneDate(date) {
  const [year, month, day] = date.split("-").map(Number);
  if (!month) return String(date);
  return day ? `${day} ${MONTHS[month - 1]} ${year}` : `${MONTHS[month - 1]} ${year}`;
}

function firstDay(date) {
  return date.split("/")[0] + "-01-01".slice(date.split("/")[0].length - 4);
}

function lastDay(date) {
  const end = date.split("/").pop();
  if (end.length === 4) return `${end}-12-31`;
  if (end.length === 7) return `${end}-${String(new Date(Date.UTC(+end.slice(0, 4), +end.slice(5), 0)).getUTCDate()).padStart(2, "0")}`;
  return end;
}

function counted(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

function typeWords(type) {
  return type.toLowerCase();
}
