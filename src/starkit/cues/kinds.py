"""What kind of thing a clause asks for, by its head word."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import attrs

from starkit.cues.labels import Kind
from starkit.cues.papers import find_papers, is_paper
from starkit.cues.plain import KEPT, lower
from starkit.data import read_words

# Checks and rights by name: the part of eligibility that reads as a thing to have.
_CHECKS = re.compile(
    r"\b(?:(?:enhanced |basic |standard )?(?:dbs|crb|pvg|disclosure and barring service)(?: check| disclosure| certificate| clearance)?"
    r"|right to work(?: in the (?:uk|united kingdom|us|eu))?|(?:sc|dv|security) clearance|own transport|references)\b",
)

# What has to be confirmed and not told.
_ELIGIBILITY = re.compile(
    r"""\b(?=\w\w|\d\ [a-z]|u\.)(?:  # no sign at all in words of one letter: they are passed quickly
      (?:right|rights|eligib\w{2,5}|entitled|entitlement|authori[sz]ed|authori[sz]ation|permission|able
        |permit)\ (?:to\ )?(?:legally\ )?(?:live\ and\ )?work\ (?:in|within|for\ any)\ 
        (?:the\ )?(?:uk|united|u\.?k|us|usa|u\.?s|eu|ireland|britain|country|australia|canada)
    | right[ -]to[ -]work | eligibility\ to\ work | proof\ of\ eligibility | eligible\ to\ work
    | work\ (?:permit|visa|authori[sz]ation) | indefinite\ leave | settled\ status
    | (?:valid\ )?passport | (?:uk|u\.?s\.?|british|eu)\ (?:citizen|national|resident)\w{0,4} | citizenship | permanent\ residen(?:t|cy) | (?:sole\ )?(?:uk|british)\ nationality
    | (?:dbs|crb|pvg|access\ ?ni|garda)\b(?:\ (?:check|disclosure|clearance|certificate|update))?
    | disclosure\ and\ barring | (?:enhanced|standard|basic)\ (?:dbs|crb|disclosure|criminal)
    | disclosure\ (?:check|scotland) | criminal\ (?:record|background|conviction)\w{0,2}
    | background\ (?:check|screening)s? | rehabilitation\ of\ offenders | barred\ list
    | (?:security|sc|dv|ctc|bpss|nato|police|airside)[ -](?:clear\w{1,5}|check\w{0,3}|vett\w{1,3})
    | security[ -]cleared | bpss | (?:pre-?employment\ )?vetting | (?:pre-?employment)\ (?:check|screen)\w{0,3}
    | (?:satisfactory|two|professional|employment|written|good|excellent|checkable|\d)\ references
    | references\ (?:will\ be|are|from|covering) | medical\ (?:clearance|questionnaire|assessment|check)
    | occupational\ health | health\ (?:clearance|screening) | vaccinat\w{1,5} | immuni[sz]\w{1,6}
    | drugs?\ (?:(?:and|&|/|or)\ alcohol\ )?(?:test|screen)\w{0,3} | drugs?\ (?:&|and)\ alcohol\ (?:test|policy|screen)\w{0,3}
    | (?:aged?|over|minimum\ age\ (?:of|is)|at\ least)\ (?:1[68]|2[15])(?:\+|\b(?!\ ?(?:months|weeks|hours|years?'?\ (?:exp|of\ exp|work))))
    | (?:1[68]|2[15])\ (?:years\ (?:of\ age|old)\ )?(?:or|and)\ (?:over|above|older)
    | (?:years\ of\ age|years\ old)
    | (?:own|access\ to\ (?:a|your\ own)|use\ of\ (?:a|your\ own|own))\ (?:car|vehicle|transport)(?!\ and\ (?:full|clean|valid))
    | (?:reliable|personal)\ (?:transport\w{0,5}|vehicle) | ^an?\ car\b | car\ owner | car\ is\ (?:essential|required)
    | (?:willing|able|prepared|ability|willingness|flexib\w{2,5}|happy|available|availability|need|have|expected|required)
        \ (?:and\ (?:able|willing)\ )?(?:to\ )?
        (?:be\ able\ to\ )?(?:undertake\ |do\ |regularly\ |occasionally\ )?(?:travel\w{0,4}|commute|relocate|get\ to)\b
    | (?:relocate|relocation|commut(?:able|ing\ distance|e\ to)) | (?:regular|extensive|some|frequent|occasional|national|international|overseas|business)\ travel
    | travel\ (?:throughout|across|within|nationally|internationally|regularly|to\ (?:client|customer|other))
    | (?:able|willing\w{0,4}|flexib\w{2,5}|ability|prepared|availab\w{2,6}|commit|happy|need|expected|required|can)
        (?:\ to)?(?:\ be\ (?:able|flexible|available)(?:\ to)?)?(?:\ (?:also|regularly|occasionally))?
        \ (?:work|for|attend|about|participate\ in|take\ part\ in|cover|on|undertake|do|with|around|over|at|working)
        \ (?:[\w,/'-]{1,16}\ ){0,5}?(?:rotation\w{0,2}|nights?|weekends?|evenings?|shifts?(?!\ ?manag)|rotas?|bank\ holidays|hours
        |unsocial\w{0,3}|unsociable|on-?call|on\ call|overtime|saturdays?|sundays?|full[ -]time|part[ -]time|mornings|early)
    | (?:shift|weekend|evening|night|bank\ holiday|sleep-?in|on-call|out-of-hours)\ (?:work(?:ing)?|duties|availability|shifts|rota)\b
    | (?:work|travel|cover)\ (?:at|from|between|across)\ (?:any|other|all|both|different|multiple)\ (?:other\ )?(?:sites?|locations?|branches|bases|offices)\b
    | (?:lift|carry|move)(?:ing)?\ (?:[a-z]{2,12}\ ){0,4}\d{1,3}\ ?(?:kg|kilos?|lbs?|pounds)
    | unsocial\w{0,3}\ hours | flexible\ (?:about|with|on|over|regarding|towards)\ (?:[\w-]{1,12}\ ){0,2}(?:weekends|hours|shifts|working\ hours|working)
    | flexib(?:le|ility)\b[^.;]{1,50}?\b(?:hours|shifts?|weekends|evenings|nights|early\ mornings)\b
    | (?:live|living|based|reside|located|resident)\ (?:locally|within|in\ or\ (?:near|around)|close\ to|near\b)
    | (?:physically\ )?fit\ (?:and\ (?:healthy|well|able|active)|for|to\ (?:work|lift|carry)|enough)
    | physical(?:ly)?\ (?:fit\w{0,4}|able|demand\w{0,3}|capab\w{2,5}) | (?:level|standard|degree)\ of\ (?:physical\ )?fitness | fitness\ (?:test|level)s?
    | (?:manual\ lifting|heavy\ lifting|lift(?:ing)?\ (?:up\ to|heavy|and\ carry|\d{1,3}))
    | politically\ restricted | stand\ for\ election
    | (?:immediately\ available|available\ (?:immediately|to\ start)|able\ to\ start) | lived\ in\ the\ uk
    | (?:saturdays?|sundays?|weekends?|evenings?|nights?|bank\ holidays?|overtime|early\ (?:starts|mornings))(?:\ (?:work\w{0,3}|shifts))?\ (?:(?:is|are)\ )?(?:essential|required|necessary|a\ must|needed)
    | (?<!.)(?:some|occasional|regular|alternate|most|many|a\ few|the\ odd|(?:one|two|\d)(?:\ in\ \w{2,5})?)\ (?:[a-z]{4,9}\ (?:and|or|&|\+)\ ){0,2}(?:saturdays?|sundays?|weekends?|evenings?|nights?|bank\ holidays?|early\ (?:starts|mornings)|late\ (?:finishes|nights|shifts))\b
    | own\ (?:\w{2,10}\ ){0,2}(?:tools|ppe|equipment|laptop|insurance|uniform|kit|gear|boots|van)\b
    | ^(?:(?:have|having|with|bring)\ )?(?:(?:an?|your|their)\ )?own\ (?!initiative|time|\w*work|ideas|business|develop|judg|right|words|learning|perform|practice|way|case|area|account|project|client|customer|team)
        (?:[\w-]{2,12}\ ){0,2}[\w-]{2,14}(?=\W*$|,|\ (?:and|or)\b)
    | (?:able|ability|strong\ enough)\ to\ (?:safely\ |physically\ |regularly\ )?(?:lift(?!\ (?:the\ )?(?:spirits|morale|sales|others|people|standards))|climb(?!\ the\ career)|kneel|crouch|bend\b|crawl|stand\ (?:all|most)|walk\ (?:long|several|up|\d))\b
    | (?:face|mask)[ -]fit\b | (?:able|willing|happy|prepared|ready|free|ability)\ to\ (?:work|stay|be|sleep)\ away\b | on\ call\b(?=\W*$)
    | (?:pre-)?settled\ (?:or\ pre-settled\ )?status | (?:british|irish|uk|eu)\ (?:or\ \w{2,8}\ )?(?:nationality|citizenship)
    | may\ (?:legally\ |lawfully\ )?work\ in\ the | \d\ years?'?\ (?:\w{2,12}\ )?(?:checkable|screening|vetting|of\ (?:references|checkable)) | checkable\ (?:\w{2,10}\ )?(?:work|employment|\d)?
    | (?:credit|pre-?employment|identity|reference|financial)\ checks? | medical(?=\W*$|\ and\b) | d4\ medical | (?:indemnity|business|car|public\ liability|motor)\ (?:cover|insurance) | (?:be\ )?(?:fully\ )?insured\b
    | work\ (?:on\ )?(?:alternate\ |some\ |occasional\ |one\ |every\ |regular\ |late\ |early\ )?(?:[\w/,]{2,12}\ (?:and\ |or\ )?){0,3}?(?:weekends?|saturdays?|sundays?|evenings|nights|bank\ holidays|shifts|late\b|rota|overtime)
    | lives?\ (?:within|locally|in\ or\ near|near|close) | (?:wired\ |good\ |fast\ |reliable\ |stable\ )?(?:broadband|internet)\ connection | in\ the\ (?:studio|office)\ (?:at\ least|for|\w{2,6}\ days) | work(?:ing)?\ (?:outdoors|outside)\b | in\ all\ weathers? | days?\ (?:a|per|each)\ week\ (?:in|at)\ (?:the|our)\ (?:studio|office)
    | visa\ status | minimum\ age | (?:open|full|flexible|weekend)\ availability | availability\b(?=\W*$|\ (?:to|for|on|at|during|including)|,) | stand(?:ing)?\ for\ (?:long|up|\d|extended|the) | proof\ of\ (?:your\ )?(?:right|identity|eligib) | (?:two|three|\d|suitable|satisfactory|taking\ up)\ (?:\w{4,14}\ )?references? | regulated\ activity | fit\ and\ proper | online\ search | uk\ residency | ir35 | ltd\ company
    )\b""",
    re.VERBOSE,
)

# A permission to drive, to operate, to guard or to sell.
_LICENCE = re.compile(
    r"""\b(?:
      (?:driv\w{2,5}|driver'?s?|motorcycle|manual|car|flt|forklift|fork[ -]lift|counterbalance\w{0,3}|reach(?:\ truck)?|personal
        |operator'?s?|hgv|lgv|pcv|psv|c\+e|sia|pilot'?s?|trade|door\ supervis\w{1,4}|cctv|security|plant|nursing|rn|teaching|professional
        |medical|real\ estate|cosmetology|state|current|valid|full\ (?:clean\ )?(?:uk\ )?|clean|uk)[ -]?(?:uk\ |eu\ |driv\w{2,5}\ |car\ )?licen[cs]es?\b
    | licen[cs]e\ (?:holder|to\ (?:drive|practi[cs]e|operate)|category|with)
    | full\ (?:uk\ |clean\ |manual\ |and\ |valid\ ){0,3}licen[cs]e
    | (?:cat(?:egory)?|class)\.?\ ?(?:c\s?\+\s?e|c1\+?e?|ce|d1?|c|b\+?e?|1|2|one|two)\b(?!\ (?:degree|hon|drug|training|a\b|b\b))(?:\ (?:driver|licen[cs]e|entitlement))?
    | fork[ -]?lift(?:\ truck)?(?:\ (?:certificat\w{1,4}|ticket|driv\w{2,3}|operat\w{2,4}))?
    | (?:digi(?:tal)?\ )?tacho(?:graph)?(?:\ card)? | driver\ card | driver\ qualification\ card | dqc
    | licen[cs]ed\ (?:to|as|in|by|practi\w{4,6}|driver|nurse|electrician|plumber|insurance|attorney|clinical|professional|social)
    | (?:telehandler|chainsaw|forklift|flt|spraying|digger|excavator|plant|dumper|roller|crane|mewp|cpcs|npors|machine|slinger|banksman|confined\ spaces?|scaffold\w{0,3}|abrasive\ wheels?)\ (?:\w{2,12}\ )?(?:tickets?|cards?) | licensure
    | (?:(?!post\b|pre\b)\w{2,14}\ )?(?<!post-)(?<!post\ )(?<!pre-)registration\b(?!\ (?:experience|form|process|fee|plate|number\ plate|of\ (?!nurses|midwives)|day|evening|desk|documents|opens|closes|is\ open))
    | (?:state\ |gas\ safe\ |fully\ |currently\ |professionally\ )?registered\b(?!\ (?:charity|office|company|manager|in\ england|provider|address|trade|landlord|user|address|post))(?:\ (?:\(\w{1,12}\)|\w{1,16}))?
    | (?:able|ability|licen[cs]ed|qualified)\ to\ drive(?=\W*$|,|\ (?:and|as|in|for|at)\b|\ (?:an?\ |our\ |the\ |all\ |any\ )?(?:\w{2,12}\ ){0,3}(?:vans?|cars?|minibus\w{0,2}|trucks?|lorr\w{1,3}|vehicles?|tractors?|bus|buses|coach\w{0,2}|ambulances?|manuals?|automatics?)\b)
    | (?:\w{2,12}-)?licen[cs]ed\ (?!premises|trade|product|software|propert|venue|house|conveyanc|victualler|bar\b|pub\b|retail|character|deposit|games|betting)\w{3,14} | trailer\ entitlement
    | on\ the\ register | nmc\ pin | registrants? | car\ driver | (?:\w{1,14}\ )?licen[cs]es?(?!\ (?:number|no\b|details|copy|fee|agreement|manag|compliance|deal|income|plate|holders?\ and|conditions?|applications?|key|sales))(?=\W|$) | (?:penalty\ )?points\ on\ (?:your|their|the|a)\ licen[cs]e | (?:no\ more\ than|max\w{0,4}|up\ to)\ (?:\w{1,6}\ )?(?:penalty\ )?points
    )(?![\w+])""",
    re.VERBOSE,
)

# A paper that one has earned, a register that one stands on.
_QUALIFICATION = re.compile(
    r"""\b(?=\w\w|[a-z]\.|\d[:.]|[oat][ -]l)(?:
      (?:bachelor|master|associate)(?:'?s|s')?(?:\ (?:of|in|or|and|/|level|degree)\b|'?s?\ degree|$)
    | (?:(?:first|university|honours|hons|undergraduate|postgraduate|post-graduate|graduate|science|engineering|relevant|law|college|technical
        |ba|bsc|stem|advanced|masters|numerate|good|higher|business|technology|computer\ science|english|foundation)\ )?degrees?(?!\ of\ (?!education))(?![ -]?(?:c\b|celsius))
    | general\ education(?!\ (?:teacher|class|setting|students|curriculum))
    | degree[ -](?:level|educated|qualified|holder) | educated\ to | (?:2[:.]?[12]|1st|2nd|first|second|third)\ class
    | (?<![\w:])2[:.][12](?!\d) | (?<!new\ )(?<!other\ )(?:post)?graduates?(?!\ (?:scheme|programme|recruit|train|develop|intake|level\ job|role)) | (?:of\ )?graduate\ calibre | undergraduate
    | (?:ba|bsc|b\.sc|beng|b\.eng|bed|b\.ed|llb|mba|msc|m\.sc|meng|mphil|phd|ph\.d|md|pgce|pgde|pgcert|pg\ cert|pg\ dip|pgdip|mbbs|mbchb|fca|scitt)\b
    | doctorate | doctoral | prescriber | diplomas? | (?:hnds?|hncs?|nvqs?|svqs?|btecs?|gnvqs?|qcf|rqf|t[ -]levels?)\b
    | gcses?\b(?!\ (?:specification|curriculum|class|classes|students|pupils|groups?|lessons|teaching|results)) | o[ -]levels? | a[ -]levels? | as[ -]levels | key\ skills\ level | functional\ skills | highers | leaving\ cert\w{0,8}
    | high[ -]school(?:\ (?:diploma|graduate|education|certificate))? | g\.?e\.?d\.?(?!\w) | secondary\ (?:education|school\ (?:diploma|cert\w+)) | (?:school|college|university)\ (?:education|diploma|leaver)
    | level\ [1-8]\b(?!\ (?:care|support|of|communicat\w+|maths|english|\(basic|spoken|written|welsh|language))
    | (?:qts|qtls|qualified\ teacher\w{0,1}(?:\ status)?|nqt|ect\ status|npq\w{0,3}|eyts|eyps|hlta|ptlls|dtlls|cert\ ?ed|celta|delta|tefl|tesol)\b
    | (?:qualified|chartered|certified|accredited|part[ -]qualified|newly[ -]qualified|fully\ qualified|time[ -]served)
        (?:\ (?:\(\w{1,12}\)|\w{1,16}))?
    | (?:food\ (?:hygiene|safety)|first[ -]aid(?:\ at\ work)?|health\ (?:and|&)\ safety|manual\ handling|safeguarding|paediatric\ first\ aid|teaching|coaching|lifeguard\w{0,3}|nplq|beauty|hairdressing|trade|life\ support|professional|relevant|recognised|industry|academic|formal|vocational|nursing|childcare|teaching|counselling|accountancy|accounting|management|technical|marketing|medical|clinical|additional|appropriate|equivalent|sales|higher|post[ -]?\w{0,12}|project\ management|business|catering|chef|vendor)
        \ (?:certif\w+|qualif\w+|award|diploma|course|licen[cs]ure|ticket|credential\w*|accreditation\w*)
    | (?:piano|violin|viola|cello|flute|clarinet|oboe|trumpet|guitar|drums?|organ|singing|voice|instrumental|music(?:\ theory)?|theory|ballet|tap|dance|drama|speech|abrsm|trinity|lamda|rad|istd)\ grades?\ [1-8]\b | grades?\ [1-8]\ (?:in\ )?(?:piano|violin|viola|cello|flute|clarinet|oboe|trumpet|guitar|drums?|organ|singing|voice|instrumental|music(?:\ theory)?|theory|ballet|tap|dance|drama|speech|abrsm|trinity|lamda|rad|istd)\b
    | first[ -]aid(?:er)?\b | (?:certificate|certifications?)\b(?!\ of\ (?:origin|conformity))
    | (?:have|hold|holds|holding|with|valid|current|relevant|appropriate|other|your|or|professional|industry|trade|training|safety|hygiene|coaching|teaching|first[ -]aid|vendor)\ (?:[\w-]{2,14}\ ){0,2}certificates\b(?!\ of\ (?:origin|conformity))
    | certificates\ (?:in|to\ show)\b | certified | qualifications?\b | credentials\b | apprenticeship\b(?!\ levy) | apprenticed
    | (?:training|course)\ (?:certificate|completed)|\bcpd\b|continuing\ professional\ development|continuous\ professional\ development
    | course(?=\W*$) | trained\ (?:in|to|as)\b | training\ in\b | accreditation | (?:full\ |associate\ |student\ |chartered\ )?(?:fellowship|(?:associate)?membership|associateship|member|fellow)\ of(?=\ (?!(?:the\ |an?\ )?(?:staff|team|public|our|their|your|wider|senior|management|leadership|board)))
    | (?:professional|full|corporate)\ (?:membership|member)\b
    | qualified(?!\ (?:lead|candidate|applicant|opportunit|prospect|success))
    )(?![\w])""",
    re.VERBOSE,
)

_EXPERIENCE = re.compile(
    r"""\b(?:
      experience(?:\b(?!\ (?:for\ (?:our|the|customers|guests|users)|the\ (?:thrill|joy))))
    | (?:proven|strong|good|successful|excellent|demonstrable|developing|established|consistent|outstanding)\ (?:\w{2,14}\ )?record\ (?:of|in|as|for|with)\b | proven\ success | (?:proven|previous|demonstrable|demonstrated)\ (?:history|delivery|involvement)\b | experienced(?!\ (?:team|colleagues|staff|engineers|candidates|developers))
    | track[ -]?record | background\ (?:in|of|as|within|from|with) | (?:[\w-]{2,20}\ )background(?=\W*$|\ \()
    | (?:previously|already|having|have|has|who's|you've|successfully)\ (?:successfully\ |already\ |previously\ )?(?:worked|managed|led|held|run|built|delivered|shipped|served|sold|taught|used|spent|done|written|\w{3,12}ed(?!\ to\b))
    | worked\ (?:in|as|with|for|on|within|at) | (?:career|employment|work)\ history | previous\ (?:employment|work|role|position|involvement|use)
    | exposure\ (?:to|of|in|with) | involvement\ (?:in|with) | evidence\ of\ (?:work|deliver|manag|lead|develop|success|achiev|having)\w{0,6}
    | (?:hands[ -]on|practical|commercial|industry|relevant|proven|demonstrable|previous|prior|recent)\ (?:\w{2,16}\ ){0,3}experience
    | pqe\b | portfolio\ of | history\ of\ \w{3,14}ing
    )\b""",
    re.VERBOSE,
)

_KNOWLEDGE = re.compile(
    r"""\b(?:
      (?:\w{2,14}\ )?knowledge\b(?!\ (?:base|shar|manag|transfer))
    | understanding\b(?!\ (?:and\ (?:caring|compass|patient)|nature|manner))
    | familiar(?:ity)?\b(?:\ (?:with|of))? | aware(?:ness)?\ of | awareness\b(?!\ (?:campaign|of\ our)) | conversant
    | knowledgeable | (?:good|firm|strong|solid|sound|basic|working|thorough)\ (?:\w{2,14}\ )?(?:grasp|grounding|appreciation|command)\b | appreciation\ of | insight\ into
    | theoretical | well[ -]versed | you\ (?:know|understand)\ (?:how|about|your|the|what\ it)\b | understand(?:s)?\b | know[ -]how | expertise\b | acquaint\w{2,6}
    | fundamentals\ (?:of|in) | principles\ of | knows?\ (?:how|your|about|the)\b
    )\b""",
    re.VERBOSE,
)

_SKILL = re.compile(
    r"""\b(?:
      abilit(?:y|ies)\b | able\ to | capab\w{2,6}\ of | capability | skills?\b | skill[ -]?set | skilled\b | proficien\w{1,4} | competent | competen(?:ce|cy|cies)\b
    | (?:confident|comfortable|at\ home|happy|adept|expert|good|excellent|great|strong|brilliant|at\ ease|fluent|fluency|literate|savvy|effective|articulate)\ (?!working\ (?:knowledge|understanding|relation))(?:and\ \w{2,14}\ )?
        (?:in|with|at|using|when|working|dealing|speaking|communicating|talking)\b
    | (?:computer|it|numer\w{2,6}|pc|digital\w{0,2}|technolog\w{1,5}|financial\w{0,2})[ -]?litera\w{2,3} | litera(?:te|cy)\b | numera(?:te|cy)\b | it[ -]savvy | tech[ -]savvy
    | aptitude | talent\ for | flair\ for | mastery | can\ (?!do\b)\w{3,} | communicator | (?:confident|competent|strong|excellent|good|skilled|fluent|persuasive|clear|accurate)\ (?:\w{2,14}\ ){0,2}(?:speaker|writer|presenter|negotiator|user|driver|planner|typist) | (?:problem|trouble)[ -]?(?:solv|shoot)\w{1,3} | multi-?task\w{0,3}
    | know\ how\ to | hands[ -]on\ with | telephone\ manner | ability | user\ of | (?:written|verbal|oral|spoken)\ (?:and\ \w+\ )?communication
    )\b""",
    re.VERBOSE,
)

# What somebody bears, worded like an ability: "comfortable at height", "happy in crawl spaces".
_HARDY = re.compile(
    r"\b(?:head for heights|(?:comfortable|happy|confident|fine|calm|at ease|at home|good|content|unfazed|unbothered) (?:to be |being |working )?"
    r"(?:at heights?|with (?:heights|blood|mud|dirt|noise|the cold)|outdoors?|outside|underground|underwater|on (?:ladders|roofs|scaffold\w*|boats|your feet|a cue)"
    r"|(?:in|around) (?:the (?:dark|cold|heat|rain|mud|wet)|(?:all|any) weathers?|crowds|confined|small|tight|cramped|crawl|enclosed|hot|cold|dirty|dusty|noisy"
    r"|animals|horses|dogs|cattle|livestock|machinery)))\b"
)

# What somebody is when it is hard to be so, and what somebody is ready to earn: no skill, and no paper yet.
_OF_CHARACTER = re.compile(
    r"\b(?:(?:able|ability) to (?:(?:stay|remain|keep|be) (?:both |always |very )?(?:calm|cool|kind|patient|polite|cheerful|positive|courteous|gentle|tactful|level-headed|composed|good-humoured|compassionate|upbeat)\b|laugh\b)"
    r"|(?:willing(?:ness)?|happy|prepared|ready|keen|eager|readiness|commitment|committed) to (?:work(?:ing)? towards|study(?:ing)? (?:for|towards)|train(?:ing)? (?:for|towards|as|in|to)"
    r"|(?:undertake|complete|do|take|attend|gain(?:ing)?|obtain(?:ing)?|get|achiev(?:e|ing)|sit|earn) (?!(?:an?|the) (?:(?:enhanced|basic|standard) )?(?:dbs|crb|pvg|medical|drug|security|background|fitness|health))"
    r"(?=(?:[\w/&'()-]{1,16} ){0,8}?(?:certificat\w+|qualifications?|training|courses?|diplomas?|awards?|tickets?|licen[cs]es?|apprenticeship|nvqs?|degrees?|cards?|badges?)\b)))"
)

# "A head for figures", "A nose for news", "A thick skin": a quality under the name of a limb or a love.
_GIFT = re.compile(
    r"\W{0,3}(?:(?:you(?:'ll| will| must| should|'d)?|must|will|to|also) ){0,3}(?:(?:have|has|having|need|bring|possess|with) )?(?:an?|the|some|plenty of) (?:[\w-]{2,14} ){0,2}?"
    r"(?:(?:head|eye|nose|ear|feel|instinct|knack|gift|stomach|memory|taste|touch|heart|hunger|affinity) (?:for|with) (?!(?:the|our|an?|this|each|every) (?:role|office|team|job|post|department|position|business|branch|region)\b)"
    r"|(?:way|touch|hand) with |(?:love|curiosity|respect|care|concern|feeling|sense) (?:of|for|about) (?!the (?:role|job|post)\b)"
    r"|(?:thick|tough) skin\b|broad shoulders\b|(?:steady|cool|calm|light|safe|sure|firm) (?:hands?|head|nerves?|touch|pair of hands)\b|strong stomach\b|green fingers\b|nerves of steel\b|twinkle\b|spring in your step\b)"
    r"|\W{0,3}(?:a |an |the |genuine |real |deep |proper ){0,3}respect for \w|\W{0,3}(?:green fingers|nerves of steel|broad shoulders|steady hands)\b"
)

# Openings that speak of the person, whatever comes after.
_PERSON = re.compile(
    r"""\b(?:
      (?:people|someone|somebody|individual|person|candidate|colleague|professional)s?\ (?:who|that|with\ (?:a|an|the|drive|passion))
    | team\ (?:player|member|spirit|worker) | can[ -]do\b | (?:good|great|strong|excellent|positive|right|flexible|professional|friendly|proactive|customer)\ (?:\w{2,14}\ )?attitude
    | attitude\b | self[ -](?:motivat|start|driv|disciplin|confiden|suffic|aware|direct|manag)\w{1,6}
    | passion(?:ate)?\b | enthusias\w{1,4} | motivat(?:ed|ion)\b | willing(?:ness)?\ to\ (?:learn|help|go\ the|take|try|share|adapt|develop)
    | eager(?:ness)?\ to | keen(?:ness)?\b | desire\ to | drive\ (?:to|and)\b | hunger\ to | (?:sense|pride)\ (?:of|in)\b | (?:eye\ for|attention\ to)\ detail
    | (?:highly|well)[ -](?:organi[sz]ed|motivated|presented|spoken) | (?:a|natural|confident|good|strong|inspir\w+)\ leader | (?:own|on)\ initiative | work\ ethic | committed\ to | commitment\ to
    | interest(?:ed)?\ in | comfort\ with | (?:good\ )?time-?keep(?:er|ing) | you\ (?:enjoy|love|like|thrive|care|take|notice|want|believe|value|bring|never|always)\b | thrive\b | personality | mind-?set | values\b | strive | bias\ for\ action | low\ ego | egos?\b | growth\ mindset | appetite\ (?:for|to) | stamina
    )\b""",
    re.VERBOSE,
)

# Words of a language that say how it is used; a name alone may be a school subject or a market.
_LANGUAGE_USE = re.compile(
    r"""\b(?:
      fluen(?:t|cy|tly)|native|bilingual|bi-lingual|trilingual|multilingual|mother\ tongue|speak(?:er|ers|ing|s)?|spoken|written|verbal|oral|conversational
    | second\ language|other\ language|additional\ language|foreign\ language|another\ language|european\ language|business\ level|working\ proficiency|professional\ proficiency|proficien\w{1,4}
    | language\ skills?|languages|language|[abc][12]\b|cefr|ielts|toefl|write|read|communicate|level|command\ of|sign\ language
    )\b""",
    re.VERBOSE,
)

# A named language followed by one of these is no language skill.
_NOT_LANGUAGE = re.compile(
    r"[ -](?:degree|literature|teacher|teaching|department|law|curriculum|gcse|market|markets|polishing|client"
    r"|clients|customer|customers|company|companies|government|citizen|national|passport|office|team|cuisine|food"
    r"|restaurant|wine|translation market|language and literature|bulldog|heritage|for publication|standards?"
    r"|or maths|and maths|and mathematics|or mathematics|maths|breakfast|tutor|lecturer|lessons?|classes|accounts|gaap|tax)\b",
)
_SUBJECT_BEFORE = re.compile(
    r"(?:gcses?|a[ -]levels?|degree|including|grades?|maths|mathematics|teach(?:er|ing)?|subjects?)"
    r"(?: [\w,&/*()-]{1,14}){0,6} ?$",
)
# "French is desirable but ...": the language is what the sentence is about.
_FIRST_WORD_TO = 8
_OF_LANGUAGE = re.compile(
    r"(?: (?:and|or) \w{4,12})? (?:is|are|would|will|essential|desirable|preferred|required|an advantage|a plus|speak)\b"
)
_OTHER_LANGUAGE = re.compile(
    r"\b(?:(?:(?<!your )(?<!my )second|other|additional|foreign|another|european|nordic|slavic|asian|further|any|community) languages?"
    r"|bi-?lingual|multi-?lingual|trilingual|mother tongue|language skills|sign language|native speaker"
    r"|languages? (?:skills|is|are|would))\b",
)
_NOT_OTHER_LANGUAGE = re.compile(
    r"\b(?:programming|scripting|coding|computer|markup|body|query|software|backend|frontend|oo|object[ -]?oriented|modern|development|functional|typed|speech and)\s+languages?\b"
    r"|\blanguages? (?:such as|like|e\.g\.?|including) (?:c\b|c\+|java|python|go\b|ruby|php|scala|r\b)",
)

# A level of a language or a qualification, as adverts word it.
_LEVEL = re.compile(
    r"\b(?:[ABC][12](?:/[ABC][12])?\b\+?|(?:near[- ])?native(?:[- ]level)?|mother tongue|fluen(?:t|cy|tly)|bi-?lingual|conversational"
    r"|basic|intermediate|advanced|proficien(?:t|cy)|business[- ](?:level|fluent)|level \d|working (?:knowledge|proficiency)"
    r"|professional(?: working)? proficiency|(?:very |extremely )?(?:good|excellent|strong|high|perfect|outstanding|solid)|upper[- ]intermediate"
    r"|first class|2[:.][12]|degree level|masters? level|honours|grades? (?:[A-H]|\d{1,2})(?!\w)[*+]{0,2}(?:(?: ?[/–-] ?| (?:to|or|and) )(?-i:[A-H]|\d{1,2})(?!\w)[*+]{0,2}){0,3})",
    re.IGNORECASE,
)


@cache
def _language_names() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in read_words("languages.txt"))
    return re.compile(rf"\b(?:{names})\b")  # case matters: "Polish" is one, "polish" is not


@cache
def _names_of(file: str) -> re.Pattern[str]:
    """Return a pattern for a list of names; those with two capitals or more keep their case."""
    names = sorted(read_words(file), key=len, reverse=True)
    parts = [
        re.escape(name)
        if sum(letter.isupper() for letter in name) > 1 or name[0].isdigit()
        else f"(?i:{re.escape(name)})"
        for name in names
    ]
    return re.compile(rf"(?<![\w+])(?:{'|'.join(parts)})(?![\w+])s?")


# "NMC registration", "CQC registered": the register by its letters.
_REGISTER = re.compile(r"\b[A-Z]{2,5}[ -][Rr]eg(?:istration|istered|ulated|ister)\b")


@cache
def _character() -> dict[str, tuple[str, ...]]:
    """Return the words of character by their first word, the longest first."""
    by_first: dict[str, list[str]] = {}
    for words in sorted(read_words("attributes.txt"), key=len, reverse=True):
        by_first.setdefault(_FIRST_WORD.match(words)[0], []).append(words)  # type: ignore[index]
    return {first: tuple(words) for first, words in by_first.items()}


_FIRST_WORD = re.compile(r"[a-z]+")
_AFTER_WORD = re.compile(r"(?![\w])")


def _characters(low: str) -> Iterator[tuple[int, int]]:
    known = _character()
    done = 0
    for found in _FIRST_WORD.finditer(low):
        listed = known.get(found.group())
        if listed is None:
            continue
        start = found.start()
        if start < done or (start and (low[start - 1].isalnum() or low[start - 1] == "_")):
            continue
        for words in listed:
            if low.startswith(words, start) and _AFTER_WORD.match(low, start + len(words)):
                done = start + len(words)
                yield start, done
                break


@attrs.frozen
class KindCue:
    """A phrase that says what kind of thing a clause asks for, and where it stands.

    ``by_shape`` holds where no list tells it but how papers are named: among duties that is too little.
    """

    kind: Kind
    start: int
    end: int
    by_shape: bool = False


@lru_cache(maxsize=KEPT)
def find_languages(text: str) -> tuple[tuple[int, int], ...]:
    """Return where ``text`` names human languages as something to speak, write or read.

    >>> text = "Fluent in German or French; a degree in English literature"
    >>> [text[start:end] for start, end in find_languages(text)]
    ['German', 'French']
    """
    spans = []
    low = lower(text)
    for found in _language_names().finditer(text):
        if _NOT_LANGUAGE.match(low, found.end()):
            continue
        if _SUBJECT_BEFORE.search(low[max(0, found.start() - 60) : found.start()]):
            continue
        spans.append(found.span())
    if not spans:
        return ()
    bare = (len(text) < 60 and spans[0][0] < 25) or (
        spans[0][0] < _FIRST_WORD_TO and _OF_LANGUAGE.match(low, spans[0][1]) is not None
    )
    return tuple(spans) if bare or _LANGUAGE_USE.search(low) else ()


@lru_cache(maxsize=KEPT)
def find_credentials(text: str) -> tuple[tuple[int, int], ...]:
    """Return where ``text`` names papers to show: qualifications, registers, licences, checks.

    >>> text = "NVQ Level 3 or a forklift licence, with a DBS check"
    >>> [text[start:end] for start, end in find_credentials(text)]
    ['NVQ', 'Level 3', 'forklift licence', 'DBS check']
    """
    spans: list[tuple[int, int]] = []
    low = lower(text)
    for pattern in (_QUALIFICATION, _LICENCE, _CHECKS):
        spans += [found.span() for found in pattern.finditer(low)]
    for file in ("licences.txt", "qualifications.txt"):
        spans += [found.span() for found in _names_of(file).finditer(text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def find_characters(text: str) -> tuple[tuple[int, int], ...]:
    """Return where ``text`` names personal qualities.

    >>> text = "Warm and well organised"
    >>> [text[start:end] for start, end in find_characters(text)]
    ['Warm', 'well organised']
    """
    return tuple(_characters(lower(text)))


def _language_cue(text: str, low: str) -> KindCue | None:
    named = find_languages(text)
    found = _OTHER_LANGUAGE.search(low)
    if found and not _NOT_OTHER_LANGUAGE.search(low):
        start = min([found.start(), *(start for start, _ in named[:1])])
        return KindCue(Kind.LANGUAGE, start, found.end())
    if not named:
        return None
    return KindCue(Kind.LANGUAGE, *named[0])


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ELIGIBILITY, _ELIGIBILITY),
    (Kind.LICENCE, _LICENCE),
    (Kind.QUALIFICATION, _QUALIFICATION),
    (Kind.EXPERIENCE, _EXPERIENCE),
    (Kind.KNOWLEDGE, _KNOWLEDGE),
    (Kind.SKILL, _SKILL),
    (Kind.ATTRIBUTE, _PERSON),
)


def _is_named_ticket(text: str, paper: KindCue) -> bool:
    """Tell whether a ticket bears the name of a qualification, and so is one: "OFTEC tickets"."""
    ticket = text[paper.start : paper.end].lower().rstrip("s").endswith("ticket")
    return ticket and _names_of("qualifications.txt").search(text, paper.start) is not None


@lru_cache(maxsize=KEPT)
def find_kinds(text: str) -> tuple[KindCue, ...]:
    """Return the first cue of each kind in ``text`` (after ``plain``), in order.

    >>> [str(cue.kind) for cue in find_kinds("Sound knowledge of payroll and a degree")]
    ['knowledge', 'qualification']
    """
    low = lower(text)
    # What stands first in the text counts, and of two at one place what comes first here.
    papers = [
        KindCue(paper.kind, paper.start, paper.end, by_shape=True) for paper in find_papers(text)
    ]
    cues = [
        paper
        for paper in papers
        if paper.kind is Kind.LICENCE and not _is_named_ticket(text, paper)
    ]
    register = _REGISTER.search(text)
    if register:
        cues.append(KindCue(Kind.LICENCE, *register.span()))
    hardy = _HARDY.search(low) or _OF_CHARACTER.search(low)
    if hardy:
        cues.append(KindCue(Kind.ATTRIBUTE, *hardy.span()))
    gift = _GIFT.match(low)
    if gift and not hardy:
        cues.append(KindCue(Kind.ATTRIBUTE, *gift.span()))
    for kind, pattern in _PATTERNS:
        found = pattern.search(low)
        if found and not (hardy and kind is Kind.SKILL and found.start() == hardy.start()):
            cues.append(KindCue(kind, found.start(), found.end()))
    for kind, file in ((Kind.LICENCE, "licences.txt"), (Kind.QUALIFICATION, "qualifications.txt")):
        found = _names_of(file).search(text)
        if found:
            cues.append(KindCue(kind, found.start(), found.end()))
    cues += [paper for paper in papers if paper.kind is not Kind.LICENCE]
    language = _language_cue(text, low)
    if language:
        cues.append(language)
    character = next(_characters(low), None)
    if character:
        cues.append(KindCue(Kind.ATTRIBUTE, *character))
    if not cues and is_paper(text):
        cues.append(KindCue(Kind.QUALIFICATION, 0, len(text), by_shape=True))
    return tuple(sorted(cues, key=lambda cue: cue.start))


def is_readiness(text: str, start: int) -> bool:
    """Tell whether a clause says at a place that somebody is ready to earn what it names.

    >>> is_readiness("Happy to work towards a Level 3 award", 0), is_readiness("Happy at height", 0)
    (True, False)
    """
    return _OF_CHARACTER.match(lower(text), start) is not None


def find_level(text: str, kind: Kind) -> str:
    """Return the level that a language or a qualification is asked for, as the text words it.

    >>> find_level("German at B2 or better", Kind.LANGUAGE), find_level("Excel", Kind.SKILL)
    ('B2', '')
    >>> find_level("GCSE maths at grade C or better", Kind.QUALIFICATION)
    'grade C'
    """
    if kind not in {Kind.LANGUAGE, Kind.QUALIFICATION}:
        return ""
    found = _LEVEL.search(text) if kind is Kind.LANGUAGE else _level_of_paper(text)
    return found.group().strip() if found else ""


# How good, not how high: a level of speaking a language, but of no paper.
_PRAISE = re.compile(
    r"(?:very |extremely )?(?:good|excellent|strong|high|perfect|outstanding|solid)", re.IGNORECASE
)


def _level_of_paper(text: str) -> re.Match[str] | None:
    levels = (found for found in _LEVEL.finditer(text) if not _PRAISE.fullmatch(found.group()))
    return next(levels, None)
