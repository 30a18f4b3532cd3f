import type { Scenario } from "./scenario.ts";

/** The rest of a working life: people, rooms, plans, short questions. */
export const PEOPLE_SCENARIOS: readonly Scenario[] = [
  {
    department: "People",
    subject: "Welcome {newcomer}!",
    messages: [
      "I am happy to tell you that {newcomer} joins us on {day} as a new colleague in {team}. {newcomer} comes from {city} and has worked with measuring devices for eight years.\n\nThere will be coffee and cake at 10:00 in the kitchen on the second floor. Come and say hello!",
      "Wonderful news. I am travelling that day, please keep a piece of cake for me.",
      "No promises about the cake.",
    ],
    files: ["jpg"],
  },
  {
    department: "People",
    subject: "Summer party: who brings what?",
    messages: [
      "The date is set: {day}, from 16:00, in the yard behind the workshop. Drinks and the grill are organised.\n\nAs every year we need salads, bread and dessert. Just answer with what you would like to bring.",
      "I will bring two bowls of potato salad, one of them vegan.",
      "Count me in for bread, about {n} of them should be enough.",
      "Then I take dessert. Something with berries, if the market has them.",
      "Great list. If the weather is bad we move to the canteen.",
    ],
    files: [],
  },
  {
    department: "People",
    subject: "Interview on {day}: senior engineer",
    messages: [
      "Could you take part in an interview on {day} at 14:00? The candidate has built sensor networks in {city} for some years; the CV is attached.\n\nIt would be good if you took the technical part, about 40 minutes.",
      "With pleasure. I will ask about the measurements under bad conditions, that part of the CV looks interesting.",
      "I had a very good impression. Clear answers, and honest about what went wrong in the last project. I would make an offer.",
    ],
    files: ["pdf"],
  },
  {
    department: "Marketing",
    subject: "Trade fair in {city}: stand and schedule",
    messages: [
      "We have the stand for the fair in {city}: hall 4, on the corner, {n} square metres. A sketch is attached.\n\nI need two people for each day who can explain {project}. Please send me your days by {day}.",
      "I can do the first two days. Will we have a working device on the stand, or only the model?",
      "A working one, with live values on the big screen. Søren's team packs it on {day}.",
      "Then please also pack the second power supply. Last time we had to buy one there.",
    ],
    files: ["png", "pdf"],
  },
  {
    department: "Marketing",
    subject: "Draft: article about {customer} and {project}",
    messages: [
      "Here is the draft of the article about how {customer} uses {project}. About 600 words, written for people who do not know our devices.\n\nIs the paragraph about accuracy right? I simplified it a good deal.",
      'It reads very well. In the third paragraph, please say "accuracy" and not "resolution", these are two different things. The rest is right.',
      "Changed. {customer} has approved it as well, so it goes online on {day}.",
    ],
    files: ["docx", "jpg"],
  },
  {
    department: "Management",
    subject: "Results of {month}",
    messages: [
      "{month} was a good month: revenue is {n} % above last year, mostly because of the orders from {customer} and {city}. Delivery on time rose to 94 %.\n\nWhat did not go well: returns because of the display. The team works on it and {project} will not have the problem.\n\nThank you all for the effort of the last weeks.",
      "Thank you for the numbers. Can we show the part about on-time delivery at the fair?",
      "Yes, the chart is free to use. Please leave out revenue.",
    ],
    table: "results",
    files: ["png"],
  },
  {
    department: "IT",
    subject: "New laptops: please choose a day",
    messages: [
      "Your new laptop is here. Moving your data takes about an hour; you can work on something else meanwhile. Free times this week are {day} at 9:00, 11:00 and 15:00.",
      "11:00 works for me. Do I need to back up anything before?",
      "No, everything in your home folder is copied. Just bring the power supply of the old one.",
    ],
    files: [],
  },
  {
    department: "Operations",
    subject: "Parking spaces during construction",
    messages: [
      "From {day} the northern car park is closed for about {n} days because the drains are renewed. Please use the spaces at the sports field; the walk takes five minutes.\n\nBicycles can stand in hall 2. The plan is attached.",
      "Thank you. Is there a space for visitors near the entrance? {customer} comes on {day} with three people.",
      "Yes, I reserved the two spaces at the reception and one next to it.",
    ],
    files: ["pdf"],
  },
  {
    department: "Engineering",
    subject: "Quick question about the {project} connector",
    messages: [
      "Does the {project} connector need the long or the short screws? The drawing says 12 mm, the parts list says 8.",
      "8 mm. The drawing is old, I will correct it.",
      "Thanks!",
    ],
    files: [],
  },
  {
    department: "Sales",
    subject: "Lunch on {day}?",
    messages: [
      "I am in the office on {day}. Do you have time for lunch? I would like to hear how {customer} is going.",
      "Gladly, 12:30 at the entrance? The new place in the harbour is said to be good.",
      "See you there.",
    ],
    files: [],
  },
  {
    department: "Management",
    subject: "Travel plans for {city}",
    messages: [
      "I booked the train to {city} on {day}, leaving at 7:42. The meeting with {customer} starts at 13:00, so there is time for a coffee before.\n\nThe hotel is ten minutes on foot from the station. Tickets are attached.",
      "Perfect. I will bring the sample devices, they fit into one suitcase.",
      "Very good. I have the slides, see you on the platform.",
    ],
    files: ["pdf", "ics"],
  },
];
