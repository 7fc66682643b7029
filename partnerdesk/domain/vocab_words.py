"""Words that spreadsheets of offices use for the codes of some vocabularies, in five languages."""

WORDS: dict[str, dict[str, str]] = {
    "direction": {
        "out": "outgoing|outgoings|outbound|out-going|sending|sent|outgoing students|entsendung|entsandt|ausreisend|"
        "sortant|sortants|départ|départs|envoi|saliente|salientes|salida|enviados|envío|"
        "wyjazd|wyjazdy|wyjazdowy|wyjeżdżający|wychodzące",
        "in": "incoming|incomings|inbound|in-coming|receiving|received|incoming students|aufnahme|aufgenommen|"
        "einreisend|entrant|entrants|accueil|arrivée|entrante|entrantes|entrada|recibidos|acogida|"
        "przyjazd|przyjazdy|przyjazdowy|przyjeżdżający|przychodzące",
    },
    "activity": {
        "student-studies": "sms|student mobility for studies|student mobility|student exchange|studies|study|students|"
        "student|smst studies|studium|studienaufenthalt|studierende|studierendenmobilität|études|étudiants|"
        "mobilité d'études|mobilité étudiante|estudios|estudiantes|movilidad de estudiantes|studia|studenci|"
        "wyjazd na studia|mobilność studentów",
        "student-traineeship": "smp|smt|student-traineeships|student mobility for traineeships|"
        "student mobility for placement|student mobility for placements|traineeship|traineeships|internship|"
        "internships|placement|placements|praktikum|praktika|stage|stages|mobilité de stage|prácticas|práctica|"
        "praktyka|praktyki",
        "student-short": "smst|short-term student mobility|short student mobility|short-term|kurzzeitmobilität|"
        "mobilité courte|movilidad corta|mobilność krótkoterminowa",
        "doctoral-short": "short-term doctoral|short-term doctoral mobility|doctoral mobility|doktoranden|doctorants|"
        "doctorandos|doktoranci",
        "bip": "bip|bips|blended intensive programmes|blended intensive program",
        "staff-teacher": "sta|staff mobility for teaching|teaching|teaching mobility|teaching assignment|teachers|"
        "teacher|teaching staff|lehre|lehraufenthalt|dozierende|dozentenmobilität|lehrende|enseignement|enseignants|"
        "mobilité d'enseignement|docencia|docentes|profesores|nauczanie|dydaktyka|nauczyciele|nauczyciele akademiccy",
        "staff-training": "stt|staff mobility for training|training|staff training|training mobility|staff|"
        "administrative staff|weiterbildung|fortbildung|personalmobilität|personal|verwaltungspersonal|formation|"
        "personnel|mobilité de formation|formación|szkolenie|szkolenia|pracownicy",
        "research-stay": "research|research stay|research visit|research mobility|forschung|forschungsaufenthalt|"
        "recherche|séjour de recherche|investigación|estancia de investigación|badania|pobyt badawczy",
        "virtual": "virtual|virtual mobility|coil|online|virtuell|virtuel|wirtualna",
        "school-exchange": "school exchange|pupil exchange|schüleraustausch|échange scolaire|intercambio escolar|"
        "wymiana szkolna",
    },
    "agreement_type": {
        "mou": "mou|memorandum of understanding|memorandum|moa|memorandum of agreement|general agreement|"
        "framework agreement|cooperation agreement|general|framework|umbrella agreement|rahmenvertrag|"
        "rahmenvereinbarung|rahmenabkommen|kooperationsvertrag|kooperationsvereinbarung|accord cadre|accord-cadre|"
        "convention cadre|convention-cadre|accord de coopération|convenio marco|acuerdo marco|"
        "convenio de colaboración|convenio general|umowa ramowa|umowa o współpracy|porozumienie",
        "student_exchange": "student exchange|student exchange agreement|exchange|exchange agreement|sea|"
        "bilateral exchange|bilateral exchange agreement|student mobility|studierendenaustausch|studentenaustausch|"
        "austausch|austauschvertrag|austauschabkommen|échange|échange d'étudiants|accord d'échange|"
        "convention d'échange|intercambio|intercambio de estudiantes|convenio de intercambio|acuerdo de intercambio|"
        "wymiana studentów|wymiana|umowa o wymianie|umowa o wymianie studentów",
        "staff_exchange": "staff exchange|faculty exchange|staff exchange agreement|faculty exchange agreement|"
        "personalaustausch|dozentenaustausch|échange de personnel|échange d'enseignants|intercambio de personal|"
        "intercambio de profesores|wymiana pracowników|wymiana kadry",
        "erasmus_iia": "erasmus|erasmus+|iia|erasmus agreement|inter-institutional agreement|"
        "interinstitutional agreement|erasmus+ inter-institutional agreement|erasmus bilateral agreement|"
        "erasmus+ agreement|erasmus iia|erasmus-vertrag|erasmus vereinbarung|interinstitutionelle vereinbarung|"
        "accord erasmus|accord interinstitutionnel|accord inter-institutionnel|acuerdo erasmus|"
        "acuerdo interinstitucional|umowa erasmus|umowa międzyinstytucjonalna",
        "double_degree": "double degree|dual degree|joint degree|double degree agreement|joint programme|"
        "joint master|doppelabschluss|doppeldiplom|doppelstudium|gemeinsamer abschluss|double diplôme|"
        "diplôme conjoint|doble titulación|doble grado|titulación conjunta|podwójny dyplom|wspólne studia",
        "cotutelle": "cotutelle|co-tutelle|joint phd|joint doctorate|joint supervision|cotutela|co-tutela|"
        "cotutelle de thèse|cotutelle-vertrag|wspólny doktorat",
        "research": "research|research agreement|research cooperation|research collaboration|joint research|forschung|"
        "forschungskooperation|recherche|accord de recherche|investigación|convenio de investigación|"
        "badania|współpraca naukowa|umowa o współpracy naukowej",
        "consortium": "consortium|consortium agreement|project agreement|konsortium|konsortialvertrag|"
        "accord de consortium|consorcio|konsorcjum",
        "letter_of_intent": "loi|letter of intent|absichtserklärung|lettre d'intention|carta de intención|"
        "carta de intenciones|list intencyjny",
        "traineeship": "traineeship|placement|internship|placement agreement|internship agreement|praktikum|"
        "praktikumsvertrag|stage|convention de stage|prácticas|convenio de prácticas|praktyka|umowa o praktyki",
        "other": "other|sonstige|sonstiges|andere|autre|otro|otros|inne|inna",
    },
    "level": {
        "5": "short cycle|short|s|eqf 5|eqf5|foundation degree|kurzstudium|cycle court|ciclo corto|cykl krótki",
        "6": "1|1st cycle|first cycle|first|bachelor|bachelors|bachelor's|b|ba|bsc|undergraduate|ug|eqf 6|eqf6|grado|"
        "licence|licenciatura|licencjat|licencjackie|studia i stopnia|i stopień|1 stopnia|l|graduate first cycle",
        "7": "2|2nd cycle|second cycle|second|master|masters|master's|m|ma|msc|postgraduate|pg|eqf 7|eqf7|máster|"
        "maestría|magister|magisterskie|studia ii stopnia|ii stopień|2 stopnia|graduate",
        "8": "3|3rd cycle|third cycle|third|doctoral|doctorate|doctorat|phd|ph.d.|d|doctor|doktorat|promotion|"
        "doktorand|doctorado|studia doktoranckie|iii stopień|3 stopnia|eqf 8|eqf8",
    },
    "cooperation_form": {
        "student_exchange": "student exchange|student mobility|students|studierendenaustausch|échange d'étudiants|"
        "intercambio de estudiantes|wymiana studentów",
        "faculty_exchange": "faculty exchange|staff exchange|staff mobility|personalaustausch|dozentenaustausch|"
        "échange d'enseignants|intercambio de profesores|wymiana pracowników|wymiana kadry",
        "joint_research": "joint research|research|research cooperation|forschung|forschungskooperation|recherche|"
        "investigación|badania|współpraca naukowa",
        "curriculum_development": "curriculum development|curriculum|teaching cooperation|lehre|"
        "lehrplanentwicklung|curriculumentwicklung|développement de programmes|desarrollo curricular|"
        "programy studiów",
        "best_practice": "best practice|best practices|sharing best practice|exchange of practice|bonnes pratiques|"
        "buenas prácticas|dobre praktyki",
    },
    "programme": {
        "erasmus-ka131": "erasmus|erasmus+|erasmus plus|ka131|ka103|ka1|llp erasmus|llp|erasmus + ka131",
        "erasmus-ka171": "ka171|ka107|erasmus+ icm|icm|international credit mobility|erasmus+ international|"
        "erasmus+ worldwide",
        "bilateral": "bilateral|bilateral agreement|bilateral exchange|bilaterales abkommen|accord bilatéral|"
        "convenio bilateral|umowa bilateralna|umowa dwustronna|overseas|übersee",
        "swiss-mobility": "semp|swiss european mobility programme|swiss mobility programme|sms swiss",
        "free-mover": "free mover|freemover|free-mover|visiting|visiting student",
        "turing": "turing",
        "national": "national|nationales programm|programme national|programa nacional|program krajowy",
    },
    "cefr": {"NS": "native|muttersprache|langue maternelle|nativo|ojczysty"},
}
