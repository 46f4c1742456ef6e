"""What stands among requirements and is none: how to apply, what is offered, who the employer is."""

import re

from starkit.cues.plain import lower
from starkit.cues.priority import without_lack

# How to apply, what happens then, and what to send. These sentences love the word *must*.
_APPLYING = re.compile(
    r"""\b(?:
      appl(?:y|ying)\ (?:now|today|online|via|by|at|through|for\ (?:this|the)|here|with|please|if|anyway|before|direct|to\ join)
    | (?:how\ to|please|can|before\ you|when\ you|don't|encouraged\ to|welcome\ to|invited\ to|wish\ to|able\ to|not|you\ must|must)\ apply\b(?!\ (?:to|the|a|an|these|your|their|judg|knowledge|statist|best|first|clinical|technical)) | applications?\ (?:must|should|will|may|can|close|are|from|received|by|forms?|to\b|is|deadline|process|via)
    | (?:welcome|invite|encourage|accept|consider|review\w{0,3})\ (?:all\ )?applications
    | (?:cover(?:ing)?|application)\ letters? | supporting\ (?:statement|information|document) | personal\ statement
    | (?:your|a|full|current|updated?|an?\ up[ -]to[ -]date|send|submit|attach|upload|email|and|all)\ (?:\w{2,12}\ )?(?:cvs?|r[eé]sum[eé]s?|curriculum)\b | cvs?\ (?:will|cannot|to|only|without|on\ its|should|and)
    | closing\ date | deadline\ for | interviews?\ (?:dates?|days?|will|are|is|and|on|process|stage|exercise) | assessment\ (?:days?|centres?|exercise) | (?:first|second|final|telephone|video|panel|face[ -]to[ -]face)\ (?:stage\ )?interviews? | interviews?:
    | (?:be|been|are)\ short-?listed | short-?listed\ (?:candidates|applicants)\ (?:will|are|may) | short-?listing | (?:our|the|a|this)\ short-?list\b | intended\ recipient | called\ (?:to|for)\ (?:an?\ )?interview | (?<!successful\ )(?<!ideal\ )(?<!right\ )(?:candidates|applicants)\ will\ (?:also\ |then\ )?(?:be\ (?:given|shown|taken)|meet|sit|take|tour|visit|spend)\b | (?:short|brief|timed)\ (?:[\w-]{3,14}\ )?(?:test|exercise|task|presentation)\b | documents\ to\ download | \((?:pdf|docx?)\b | if\ you\ (?:have\ not|haven't|do\ not|don't|would\ like\ (?:to|more|an\ informal)|are\ interested|wish\ to|feel\ you|think\ you|believe\ you|meet|have\ any\ (?:questions|queries)|require\ (?:any\ )?(?:adjust|assist|support|further)|need\ (?:an?y?\ )?(?:adjust|assist|support|help|further|accommodation)|leave\b|know\ (?:someone|somebody|anyone)) | \byour\ (?:[\w-]{2,12}\ ){0,2}(?:number|passport|documents)\b
    | (?:contact|call|ring|e-?mail|phone|telephone|text|speak\ to|write\ to|visit|message)\ (?:us|me|our|the\ (?:team|school|office|recruit))\b
    | (?:click|hit|press|follow)\ (?:the\ )?(?:apply|link|button|here|below|on)
    | further\ (?:details|information)\ (?:is|are|can|about|on|please|and) | for\ (?:further|more|an\ informal|a\ confidential|a\ chat|any\ queries)
    | informal\ (?:chat|discussion|visit|conversation) | proofs?\ of\ (?:address|identity|id)\b | national\ insurance\ number
    | (?:agencies|agency)[,.]?\ please | no\ (?:recruitment\ )?agenc | recruitment\ (?:agenc|consultan|process|fraud|privacy)\w{0,3} | speculative | unsolicited
    | successful\ (?:applicants|candidates)\ will\ be\ (?:contact|notif|invit|inform|asked\ to)\w{0,4} | (?:only|all)\ (?:successful|shortlisted)\ (?:candidates?|applicants?)\ (?:will|are|shall)\ (?:be\ )?(?:contact|notif|inform|invit|receiv|hear)\w{0,4} | such\ alternatives\ to
    | candidates\ will\ be\ (?:asked|invited|contacted|informed|notified|assessed) | privacy\ (?:notice|policy) | cookies? | t&cs | terms\ (?:and|&)\ conditions
    | job\ description\ (?:is|can|and|for|attached|below) | vacancy\ (?:may|will|closes|early) | reserve\ the\ right | tick\ every\ box | complete\ (?:the|an?|every|all|our)\ (?:\w{2,12}\ )?(?:form|section|application|questionnaire)
    | send\ (?:a|us|your|me|an) | submit\ (?:a|your|an) | tell\ us\ (?:what|how|why|about|which|where) | thank\ you\ for | we\ look\ forward\ to | get\ in\ touch | hear\ from\ you | next\ steps
    | posted\ (?:on|by|\d) | job\ (?:ref|reference|id|number|types?|title)\b | ref(?:erence)?\ ?(?:no|number|:) | trial\ (?:shift|day) | share\ this\ job | similar\ jobs | sign\ in | log\ in
    )""",
    re.VERBOSE,
)

# "Ring Tamsin on ...", "contact Mrs Smith": a name, so case matters.
_CONTACT = re.compile(
    r"\b(?:[Cc]ontact|[Cc]all|[Rr]ing|[Ee]-?mail|[Pp]hone|[Tt]elephone|[Tt]ext|[Ss]peak to|[Ww]rite to|[Mm]essage)"
    r" [A-Z][a-z]+ (?:[A-Z]|on\b|at\b|or\b)"
)

# What the employer gives, and the terms of the contract.
_OFFER = re.compile(
    r"""(?=[\w£$€])(?:
      \b(?:we|company|employer|trust|school|council|client|role|post|job|position|you)\ ?(?:will|'ll|can|also|do)?\ (?:offers?|provides?\ you|reward|receive|give\ you|get\ (?:a|an|the|your|access|to\b)|be\ rewarded|enjoy\ (?:a|our|access)|benefit\ from|be\ given|be\ offered|be\ supported|be\ paid|be\ provided\ with|earn)
    | \bin\ return\b | \bbenefits\ (?:include|package|such|of) | (?:company|workplace|contributory|final\ salary|generous|matched|employer)\ pension | pension\ (?:scheme|contribution|plan) | local\ government\ pension | \bpension\ (?:&|and)\b
    | \b(?:annual|paid|parental|maternity|paternity|sick|compassionate)\ (?:leave|holiday|time\ off|sick) | \bdays'?\ (?:paid\ )?(?:annual\ leave|holiday|leave|vacation|pto|off\b) | bank\ holidays?\ off | \b\d\d\ days\b
    | \b(?:salary|salaries|remuneration|ote\b|pay\ rate|rates?\ of\ pay|hourly\ rate|pay\ award|pro[ -]rata|per\ annum|per\ hour|an\ hour\ plus|p\.a\b|pay\ scale|pay\ band|bonus\ (?:scheme|of|potential|structure|up)|commission\ (?:scheme|structure|plan)|uncapped|stock\ options?|share\ (?:options|scheme|save)|401\(?k|equity\ (?:package|plan))
    | (?<!budget\ of\ )(?<!budgets\ of\ )(?<!projects\ of\ )(?<!worth\ )(?<!value\ of\ )(?<!up\ to\ )[£$€]\ ?\d[\d.,]*(?![\d.,])(?!\ ?(?:m\b|mn\b|bn\b|million|billion|k?\+?\ (?:\w{2,12}\ ){0,2}(?:budget|turnover|revenue|portfolio|p&l|sales|projects?|pipeline|quota|territory|contracts?|caseload)))
    | \b(?:discount|free\ (?:parking|lunch|meals|uniform|gym|food|tea|fruit|coffee|on-site|eye)|subsidi[sz]ed|gym\ member|season\ ticket|cycle\ to\ work|childcare\ voucher|employee\ assistance|life\ (?:assurance|insurance)|private\ (?:medical|health)|health\ (?:insurance|care\ plan|cash)|dental\ (?:insurance|cover|plan|scheme|benefits?|and\ (?:vision|optical|medical|health))|(?:medical|vision|health|optical)(?:,|\ and|,\ and|\ \&)\ dental|perks?|refer\ a\ friend|company\ car|car\ allowance|mileage\ allowance|relocation\ (?:package|assist\w+|support)|social\ events|birthday\ off|flexi-?time|staff\ (?:discount|gym|restaurant)|long\ service)\b
    | \b(?:full|on[ -]the[ -]job|ongoing|extensive|comprehensive|excellent|all|further|induction)\ (?:and\ ongoing\ |job\ |induction\ )?training\ (?:is|will|and\ (?:support|develop\w+)|provided|given|available|offered|can)
    | \btraining\ (?:is|will\ be|can\ be)\ (?:given|provided|available|offered) | \b(?:must|will|to)\ pay\ for\b | \bwear\ (?:an?\ |the\ |our\ )?uniforms?\b | \brelocation\ (?:expenses|costs|allowance) | \bopportunit(?:y|ies)\ (?:to|for)\ (?:progress|develop|learn|career|grow|personal|advance)\w{0,6} | \bcareer\ (?:progression|development)\ opportunit | \bvisa\ sponsorship | sponsor(?:ship)?\ (?:licen|is|cannot|not|visas|will|for|can)
    | \bhours\ (?:a|per)\ week\b | ^(?:this|the)\ (?:role|position|post|job)\ (?:reports\b|is\ (?:hybrid|remote|based|full|part|permanent|fixed|temporary|office)) | ^sorry\b | \bkeep\ an\ eye\ out | \bjunk\ folder | ^report\ this | ^\d+\ applicants | ^working\ (?:hours|pattern|week|days?|from\ home)\b | \b(?:probation(?:ary)?\ period) | \b(?:hours|salary|location|contract|pay|grade|base|site|closing|reports\ to|reporting\ to|duration|job\ type|industry|rate|start)\ ?:\  | \b(?:permanent|temporary|fixed[ -]term)\ (?:contract|position|role|post|vacancy)
    )""",
    re.VERBOSE,
)

# Who the employer is, has or did; fair treatment; notices.
_EMPLOYER = re.compile(
    r"""(?=[\w£$€])(?:
      \bequal(?:ity|\ opportunit\w{1,3})\b | \b(?:diversity|inclusive\ employer|inclusion|protected\ characteristic|discriminat\w{1,5}|sexual\ orientation|gender\ identity|disability\ confident|veteran|under-?represented|all\ sections\ of|guaranteed\ (?:an\ )?interview|reasonable\ adjustments?\ (?:to|at|during|will|can|for)|reasonable\ accommodation|real\ living\ wage|race,|religion)\b
    | ^(?:the|our|this)\ (?:company|trust|council|school|client|charity|college|university|firm|practice|museum|hospital|agency|board|business|group)\ (?:also\ |will\ |can\ )?(?:pays?|guarantees?|regrets?|reserves?|covers?|publishes|contributes?|treats?|encourages?)\b
    | ^(?:we|our|the\ company|this\ company|the\ trust|the\ council|the\ school|the\ client|my\ client|it)\ (?:client,?\ |team\ |company\ )?(?:are|is|have|has|was|were|been|operates?|opened|employs?|serves?|runs?|works?|believes?|pride|aim|strive|grew|started|began|hosts?|supplies|makes?|use\b|value)\b(?!\ (?:looking|seeking|searching|recruiting|in\ need|keen\ to|now\ (?:looking|seeking)|currently\ (?:looking|seeking)|hiring|after|require|a\ requirement))
    | \bcommitted\ to\ (?:safeguarding|equal|diversity|promoting|creating\ a|providing\ (?:a|an)\ (?:inclusive|equal)|the\ safeguarding|protecting|offering)
    | \bemployment\ (?:agency|business)\b | \bacting\ as\ an | \bconfidential\ and\ intended | \ball\ rights\ reserved | \bregistered\ (?:in\ england|charity|office|company) | \bcompany\ (?:size|type|description)\b | \bfounded\ in\b | \bestablished\ in\b | \ban\ offence\ to\b
    | \bhow\ assessed\b | \bassessed\ by\b | \b(?:a|i|t|c|af)\ ?[=:]\ ?(?:application|interview|test|certificate) | \bessential\ criteria\b | \bwe\ (?:particularly\ )?welcome\b | \bwelcome(?:s)?\ (?:applic|cand|everyone)\w+ | \bearly\ career\ \w+\ are\b
    )""",
    re.VERBOSE,
)

# The paragraph at the end of every job description.
_CATCH_ALL = re.compile(
    r"""\b(?:
      any\ (?:and\ all\ )?other\ (?:[\w-]{2,14}\ ){0,4}(?:dut|task|responsib|work\b|function|assignment|request|activit|project)
    | (?:such\ )?other\ (?:[\w-]{2,14}\ ){0,3}(?:duties|tasks|responsibilities|assignments|functions)\ (?:as|commensurate|that|which|within|may|from|appropriate|assigned|required|in\ line|consistent)
    | such\ other\ (?:\w{2,14}\ ){0,2}(?:dut|task|responsib) | ad[ -]?hoc\ (?:duties|tasks|projects?\ (?:as|when)|work\ as) | (?:performs?|undertakes?|carry\ out|completes?)\ (?:any\ )?other\ (?:\w{2,14}\ ){0,2}(?:duties|tasks|projects) | (?:other|additional|further)\ duties(?=\W*$) | duties\ as\ (?:assigned|required|directed|requested|necessary)
    | not\ an?\ (?:exhaustive|exclusive|definitive|complete|all[ -]inclusive)\ (?:list|description) | (?:not|nor)\ (?:intended\ to\ be\ |meant\ to\ be\ )?(?:exhaustive|all[ -]inclusive)
    | this\ (?:list|job\ description)\ is\ (?:not|only|intended|subject|a\ guide|an\ outline)
    )""",
    re.VERBOSE,
)


# "We can teach you the rest", "training will be given in welding", "the boats can be taught".
_TEACHES = re.compile(
    r"""(?:and\ |but\ |so\ |as\ |though\ |although\ |because\ |since\ )?(?:
      (?:we|our\ [\w-]{2,16}(?:\ [\w-]{2,16})?|(?:somebody|someone|\w{2,12})(?=\ (?:will|can|'ll)\ (?:teach|show)\ you))
        (?:'ll|\ will|\ can|\ could|'re\ happy\ to|\ are\ happy\ to|'re\ glad\ to|\ are\ glad\ to)?(?:\ (?:gladly|happily|also|always|easily|soon))?
        \ (?:teach|train|coach)\ (?:you|the\ (?:rest|right|others?)|everything|all|anyone|people|this|that|it)\b
    | we(?:'ll|\ will|\ can)\ (?:show\ you|help\ you\ (?:learn|train|get|with)|give\ you\ (?:the\ |all\ |full\ )?training|train\b)
    | (?:(?:full|all|any|on-the-job|in-house|further|some|ongoing|job|product|specialist|necessary|relevant|thorough|paid|free)\ ){0,3}
        (?:training|tuition|instruction|coaching|mentoring)\b(?:\ (?:in|on|for|with|towards)\ [^,;.]{2,60}?)?
        \ (?:(?:will|can|is|are)\ (?:be\ )?(?:always\ )?)?(?:given|provided|available|offered|supplied|arranged|funded|paid\ for)\b
    | you(?:'ll|\ will)\ (?:soon\ |quickly\ )?(?:be\ (?:taught|shown|trained)|learn\ the\ rest)\b
    | (?:the|all|everything|anything)\ [^,;.]{0,40}?(?:we(?:'ll|\ will|\ can)\ teach|(?:can|will)\ be\ (?:taught|learn(?:ed|t)))\b
    )""",
    re.VERBOSE,
)


def is_teaching(text: str) -> bool:
    """Tell whether a clause (after ``plain``) says what the employer will teach.

    >>> is_teaching("we can teach you the rest"), is_teaching("You can teach the rest of the crew")
    (True, False)
    """
    low = lower(text)
    return _TEACHES.match(low) is not None and not _ON_CONDITION.search(low)


# "We'll train you as long as you hold a driving licence": an offer that asks for something.
_ON_CONDITION = re.compile(
    r"\b(?:if|provided|as long as|so long as|once) (?:that )?you(?:'re|'ve| (?!don't|do not|haven't|have not|need|lack|want))"
)


def is_about_applying(text: str) -> bool:
    """Tell whether a sentence (after ``plain``) says how to apply, or what follows.

    >>> is_about_applying("Applications must be received by noon")
    True
    """
    return (
        _APPLYING.search(without_lack(lower(text))) is not None or _CONTACT.search(text) is not None
    )


def is_offer(text: str) -> bool:
    """Tell whether a sentence (after ``plain``) speaks of pay, benefits or terms.

    >>> is_offer("28 days' paid holiday"), is_offer("Experience of payroll")
    (True, False)
    """
    return _OFFER.search(lower(text)) is not None


def is_about_employer(text: str) -> bool:
    """Tell whether a sentence (after ``plain``) speaks of the employer, or is a notice.

    >>> is_about_employer("We have been supplying drivers for over 30 years")
    True
    """
    low = lower(text)
    return (_EMPLOYER.search(low) or _CATCH_ALL.search(low)) is not None


def is_catch_all(text: str) -> bool:
    """Tell whether a sentence (after ``plain``) only leaves room for more duties.

    >>> is_catch_all("Any other reasonable duties"), is_catch_all("Any clerical work in arrears")
    (True, False)
    """
    return _CATCH_ALL.search(lower(text)) is not None
