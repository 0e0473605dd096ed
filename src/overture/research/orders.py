"""Text that instructs a machine instead of telling a reader something: never evidence."""

import re

# A company may be "an AI company", so bare mentions of AI stay: an order needs its verb and its object.
# The kinds follow garak's latentinjection and promptinject probes.
_IGNORE = (
    r"\b(?:ignore|disregard|forget|override|bypass|discard)\b.{0,40}\b(?:previous|prior|above|earlier|preceding"
    r"|foregoing|all|any|other|your|the|system)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|commands?"
    r"|directions?|context|constraints?|evidence)\b"
    r"|\bignor(?:iere|ieren sie|ez|e|a)\b.{0,40}\b(?:anweisungen|instruktionen|instructions|consignes"
    r"|instrucciones)\b"
)
_PERSONA = (
    r"\b(?:system|developer|initial|hidden|secret) ?prompt\b"
    r"|\bas an? (?:ai|large) (?:language )?(?:model|assistant|agent)\b|\bas an ai,? you\b"
    r"|\byou (?:are|act) (?:now|as)\b.{0,40}\b(?:ai|assistant|agent|chatbot|bot|model|gpt|dan|unrestricted"
    r"|jailbroken)\b|\byou are now (?:a|an|in|the|free)\b|\b(?:jailbreak|jailbroken|prompt injection|do anything now)\b"
)
_DUTY = (
    r"\b(?:ai|llms?|gpt|language models?|assistants?|chatbots?)\b.{0,30}\b(?:must|should|shall|are required"
    r"|are instructed)\b.{0,40}\b(?:write|say|mention|include|recommend|respond|reply|answer|output|state|tell"
    r"|insert|visit|link|praise|rank)\b"
    r"|\byou (?:must|should|shall|will|have to|need to|are required to|are instructed to) (?:now |always |only "
    r"|also )?(?:write|say|output|respond|reply|insert|mention|append|print|repeat|include the (?:link|url|text|word"
    r"|phrase|sentence)|tell (?:the|your) (?:user|reader|recipient|lead))\b"
    r"|\b(?:do not|don't|never) (?:tell|reveal|mention|inform|disclose|alert) (?:this |that |it )?(?:to )?(?:the )?"
    r"(?:user|human|recipient|reader|operator)\b"
)
_ADDRESS = (
    r"\b(?:new|updated|important|urgent|special|additional|hidden) (?:system )?instructions?\b ?(?:[:!]|for (?:the )?"
    r"(?:ai|llm|model|assistant|bot))|\binstructions? (?:for|to) (?:the |any |all )?(?:ai|llms?|language models?"
    r"|assistants?|chatbots?|models?|bots?)\b"
    r"|\b(?:(?:attention|note|message|reminder) (?:to|for) (?:the |all |any )?|dear |attention[:,!] ?)(?:ai|llms?"
    r"|language models?|assistants?|chatgpt|claude|gemini|gpt)\b"
    r"|\b(?:begin|end|start|stop) (?:of )?(?:system|user|assistant|hidden) (?:prompt|message|instructions?)\b"
    r"|<\|?/?(?:system|user|assistant|im_start|im_end|endoftext|instructions?)\|?>|\[/?(?:inst|system)\]|<<sys>>"
    r"|^\s*(?:system|assistant|developer|user)\s*:"
)
_TASK = (
    r"\b(?:write|say|output|print|append|insert|include|repeat|respond with|reply with|answer with|mention)\b.{0,30}"
    r"\b(?:in|to|at the end of|into) (?:your|every|each) (?:message|reply|response|answer|output|summary)\b"
    r"|\b(?:generate|write|compose|draft) (?:a |the |your |every )?(?:message|note|email|reply|outreach)\b.{0,40}"
    r"\b(?:saying|telling|with the (?:words?|link|text))\b"
    r"|\b(?:when|while|before|after|if) (?:you (?:are |have )?)?(?:summari[sz]|generat|writ|process|pars|read)\w* "
    r"(?:this|the) (?:page|site|website|text|content|document|article|message)\b.{0,60}\b(?:write|say|output|include"
    r"|mention|add|insert|reply|respond|ignore|recommend|visit)\b"
)
_RESET = (
    r"\b(?:forget|disregard) (?:everything|all|whatever|what)\b.{0,40}\b(?:told|said|above|before|read)\b"
    r"|\b(?:disregard|ignore|forget) the (?:rules?|text|instructions?) (?:above|before|below)\b"
    r"|\byour (?:\w+ )?(?:guidelines|instructions|rules|constraints) are (?:now )?(?:void|invalid|cancell?ed|lifted)\b"
    r"|\bnew (?:task|instructions?|rules?) ?:|\bend of (?:the )?(?:page|document|context)\b.{0,20}\binstructions?\b"
    r"|\bfrom (?:this point|now|here)(?: on)?\b.{0,40}\b(?:output|you (?:speak|write|act|are|answer))\b"
)
_LEAK = (
    r"\b(?:print|repeat|reveal|show|summari[sz]e|append|output|list|insert)\b.{0,40}\b(?:(?:system|hidden|initial) "
    r"(?:prompt|instructions?)|your (?:rules|instructions?|prompt)|api key|words above|other leads)\b"
    r"|\bdecode (?:this|the following)\b|(?:\b[a-z] ){7}"
    r"|\b(?:tell|ask) the (?:lead|reader|recipient|user)\b|\bin (?:your|each|every) (?:outreach|message to the)\b"
    r"|\b(?:do not|don't) write any (?:message|reply|note)\b|\binclude the link\b.{0,80}\bmessage\b"
    r"|\bwrite that the (?:sender|company|recipient)\b"
)
_ORDERS = tuple(re.compile(kind) for kind in (_IGNORE, _PERSONA, _DUTY, _ADDRESS, _TASK, _RESET, _LEAK))

# Every order holds one of these; looking for them first makes the check cheap.
_WORDS = re.compile(r"[a-z]+")
_HINTS_TEXT = """
ignore disregard forget override bypass discard ignoriere ignorieren ignorez ignora prompt prompts ai
llm llms gpt model models assistant assistants agent chatbot chatbots bot bots chatgpt claude gemini
instruction instructions write say output respond reply insert mention append print repeat tell reveal
inform disclose alert include answer recommend visit add jailbreak jailbroken dan unrestricted now
summarise summarize show list decode ask new your write lead reader recipient e o n
system developer user im endoftext inst sys compose draft generate praise rank link state
"""
_HINTS = frozenset(_HINTS_TEXT.split())


def gives_orders(text: str) -> bool:
    """Return whether the folded text, or a part of it, instructs a machine."""
    lowered = text.lower()
    return not _HINTS.isdisjoint(_WORDS.findall(lowered)) and any(order.search(lowered) for order in _ORDERS)
