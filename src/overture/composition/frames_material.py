"""Frames of the shared material: its title, one point, why it may matter, and the link."""

from overture.composition.frames import Slot

INTRO = Slot(
    "intro",
    {
        "title": (
            "I thought of you when I had “{title}” in front of me.",
            "Here is something to read: “{title}”.",
            "There is a piece called “{title}” that I would like to pass on.",
            "I am sending you “{title}”.",
            "“{title}” may be worth a few minutes of yours.",
            "Today I have “{title}” for you.",
            "I would like to share “{title}” with you.",
            "You may like “{title}”.",
            "Something for a quiet moment: “{title}”.",
            "I have put “{title}” aside for you.",
            "A reading tip from my side: “{title}”.",
            "Let me pass on “{title}”.",
            "Perhaps “{title}” is of interest to you.",
        ),
    },
)

POINT = Slot(
    "point",
    {
        "quote": (
            "One line from it: “{Point}.”",
            "It says: “{Point}.”",
            "The point I kept: “{Point}.”",
            "A sentence from it: “{Point}.”",
            "What I noted: “{Point}.”",
            "In its words: “{Point}.”",
            "The line that stayed with me: “{Point}.”",
            "To quote it: “{Point}.”",
            "One finding in it: “{Point}.”",
            "I marked this: “{Point}.”",
            "Here is one line of it: “{Point}.”",
            "Its text puts it this way: “{Point}.”",
            "From the text: “{Point}.”",
            "One thing it says: “{Point}.”",
        ),
        "clause": (
            "One line from it says that {point}.",
            "It says that {point}.",
            "The point I kept is that {point}.",
            "It states that {point}.",
            "What I noted is that {point}.",
            "In it you read that {point}.",
            "What stayed with me is that {point}.",
            "According to it, {point}.",
            "One point in it is that {point}.",
            "I marked the line that {point}.",
            "Among other things, {point}.",
            "The text says that {point}.",
            "From the text I learned that {point}.",
            "One thing it says is that {point}.",
        ),
    },
)

WHY = Slot(
    "why",
    {
        "priority": (
            "{As} you may find it useful for {g}.",
            "I would guess that it touches {g}, and so your work{role}.",
            "It may bear on {g} at {company}.",
            "Perhaps it helps with {g} at {company}.",
            "If {g} is on your list{role}, it may save you some searching.",
            "It could be of use to you{role} when it comes to {g}.",
            "My guess is that {g} is a topic for you{role}, and it may add to that.",
            "Maybe there is a thought in it on {g}.",
            "You may see a use for it in {g} at {company}.",
            "It might give you an idea for {g} at {company}.",
            "I suspect that it speaks to {g}.",
        ),
        "role": (
            "{As} you may read it with other eyes than I do.",
            "I would guess that some of it applies at {company} too.",
            "It may bear on what you do at {company}.",
            "Perhaps parts of it hold for {company} as well.",
            "If it is not your field{role}, a colleague may like it.",
            "It could be of use to you{role}, or to someone on your team.",
            "My guess is that a part of it applies at {company}.",
            "Maybe there is a thought in it for {company}.",
            "You may see a use for it at {company}.",
            "It might give you an idea, or a colleague of yours.",
            "I suspect that it may sound familiar at {company}.",
        ),
    },
)

LINK = Slot(
    "link",
    {
        "plain": (
            "[Here it is|You can find it here|Here you go]: {link}",
            "You can read it at {link}",
            "The whole text: {link}",
            "It is here: {link}",
            "Have a look [if you like|should you wish|if you like]: {link}",
            "The link: {link}",
            "Read on here: {link}",
            "To read it: {link}",
            "It is at {link}",
            "This is where it is: {link}",
            "The full piece: {link}",
            "In full: {link}",
            "You find it under {link}",
            "You can see all of it here: {link}",
            "For when you have a moment: {link}",
        ),
    },
)
