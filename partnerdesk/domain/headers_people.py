"""What the columns of a registrar's spreadsheet can mean: people, what they study, whom to call, and a stay.

The words are kept folded in English, German, French, Spanish and Polish.
"""

from partnerdesk.domain.targets import Target, target
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

TARGETS: tuple[Target, ...] = (
    target("person.local_id", QT_TRANSLATE_NOOP("PartnerDesk", "Our number of the person"), "text",
           "student id|student number|student no|student no.|local id|local identifier|person id|personal number|"
           "matriculation number|matriculation no|matric no|registration number|enrolment number|staff number|"
           "staff id|employee id|employee number|university id|id number|sid|id|our number of the person|our number|"
           "matrikelnummer|matrikel nr|matrikel|matrikelnr|studierendennummer|personalnummer|matr nr|mtknr|"
           "numéro étudiant|n° étudiant|no étudiant|num étudiant|numéro d'étudiant|code étudiant|ine|"
           "numéro de matricule|matricule|"
           "número de estudiante|nº de estudiante|número de matrícula|nº matrícula|matrícula|expediente|"
           "nº expediente|número de expediente|nip|"
           "numer albumu|nr albumu|nr indeksu|numer indeksu|numer studenta|numer pracownika"),
    target("person.esi", QT_TRANSLATE_NOOP("PartnerDesk", "European Student Identifier"), "esi",
           "esi|european student identifier|european student id|european student identifier esi|"
           "europäische studierendenkennung|identifiant étudiant européen|identifiant européen d'étudiant|"
           "identificador europeo de estudiante|europejski identyfikator studenta|identyfikator esi"),
    target("person.orcid", QT_TRANSLATE_NOOP("PartnerDesk", "ORCID"), "orcid", "orcid|orcid id|orcid-id"),
    target("person.family_name", QT_TRANSLATE_NOOP("PartnerDesk", "Family name"), "name",
           "family name|last name|surname|lastname|familyname|"
           "nachname|familienname|zuname|nom|nom de famille|apellido|apellidos|primer apellido|nazwisko"),
    target("person.given_names", QT_TRANSLATE_NOOP("PartnerDesk", "Given names"), "name",
           "given name|given names|first name|first names|firstname|forename|forenames|name given|"
           "vorname|vornamen|prénom|prénoms|nombre|nombres|nombre de pila|imię|imiona"),
    target("person.full_name", QT_TRANSLATE_NOOP("PartnerDesk", "Name"), "name",
           "name|full name|student name|name of student|participant|participant name|student|person|staff member|"
           "vor und nachname|nachname vorname|name vorname|studierende|studierender|teilnehmer|teilnehmerin|"
           "nom et prénom|nom prénom|étudiant|participant e|nombre y apellidos|apellidos y nombre|nombre completo|"
           "estudiante|imię i nazwisko|nazwisko i imię|student studentka|uczestnik"),
    target("person.name_original", QT_TRANSLATE_NOOP("PartnerDesk", "Name in original script"), "name",
           "name in original script|original name|native name|name in native script|name in originalschrift|"
           "nom en écriture d'origine|nombre en escritura original|nazwisko w oryginale"),
    target("person.title", QT_TRANSLATE_NOOP("PartnerDesk", "Title before the name"), "text",
           "academic title|title before the name|title before name|titel|akademischer titel|titre académique|"
           "tratamiento|tytuł|tytuł naukowy"),
    target("person.birth_date", QT_TRANSLATE_NOOP("PartnerDesk", "Date of birth"), "birth",
           "date of birth|birth date|birthdate|dob|birthday|born|born on|"
           "geburtsdatum|geburtstag|geb datum|geb|geboren|geboren am|gebdat|"
           "date de naissance|né le|née le|naissance|né e le|"
           "fecha de nacimiento|f nacimiento|fecha nacimiento|nacimiento|"
           "data urodzenia|urodzony|urodzona|ur"),
    target("person.gender", QT_TRANSLATE_NOOP("PartnerDesk", "Gender"), "gender",
           "gender|sex|geschlecht|genre|sexe|género|sexo|płeć"),
    target("person.citizenships", QT_TRANSLATE_NOOP("PartnerDesk", "Citizenships"), "countries",
           "citizenship|citizenships|nationality|nationalities|country of citizenship|"
           "staatsangehörigkeit|staatsbürgerschaft|nationalität|nationalité|citoyenneté|nacionalidad|ciudadanía|"
           "obywatelstwo|narodowość"),
    target("person.email", QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), "mail",
           "email|e mail|mail|email address|e mail address|student email|university email|institutional email|"
           "emailadresse|e mail adresse|mailadresse|courriel|adresse email|adresse mail|adresse électronique|"
           "mél|correo|correo electrónico|adres email|adres e mail|poczta elektroniczna"),
    target("person.phone", QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), "text",
           "phone|telephone|mobile|mobile phone|phone number|telephone number|cell phone|tel|"
           "telefon|telefonnummer|handy|mobil|handynummer|téléphone|portable|numéro de téléphone|"
           "teléfono|móvil|teléfono móvil|telefon komórkowy|numer telefonu|komórka"),
    target("person.kind", QT_TRANSLATE_NOOP("PartnerDesk", "Student, staff or pupil"), "person_kind",
           "kind of person|person type|participant type|type of participant|student or staff|category|status group|"
           "personengruppe|statusgruppe|type de participant|catégorie|tipo de participante|typ uczestnika"),
    target("person.function", QT_TRANSLATE_NOOP("PartnerDesk", "Function"), "text",
           "function|position|job title|funktion|dienststellung|fonction|cargo|puesto|stanowisko"),
    target("person.tags", QT_TRANSLATE_NOOP("PartnerDesk", "Tags"), "list",
           "tags|keywords|schlagworte|schlagwörter|mots clés|etiquetas|etykiety|tagi"),
    target("person.remark", QT_TRANSLATE_NOOP("PartnerDesk", "Remark on the person"), "text",
           "remark|remarks|note|notes|comment|comments|bemerkung|bemerkungen|anmerkung|notiz|kommentar|"
           "remarque|remarques|commentaire|observación|observaciones|comentario|uwagi|komentarz"),
    target("study.at", QT_TRANSLATE_NOOP("PartnerDesk", "Home institution"), "name",
           "home institution|home university|sending institution|heimatuniversität|heimathochschule|"
           "entsendende hochschule|université d'origine|établissement d'origine|universidad de origen|"
           "institución de origen|uczelnia macierzysta|uczelnia wysyłająca"),
    target("study.programme_title", QT_TRANSLATE_NOOP("PartnerDesk", "Degree programme"), "name",
           "degree programme|degree program|programme of study|study programme|study program|course of study|"
           "programme title|major|curriculum|degree|programme|program|"
           "studiengang|studienprogramm|studium|studienfach|filière|formation|programme d'études|diplôme|"
           "titulación|estudios|grado|plan de estudios|programa de estudios|kierunek|kierunek studiów|"
           "program studiów"),
    target("study.field", QT_TRANSLATE_NOOP("PartnerDesk", "Field of education"), "fields",
           "isced|isced code|isced f|isced f code|isced field|field of education|field of study|subject area|"
           "subject area code|fachbereich|isced fachcode|code isced|domaine d'études|código isced|área de estudio|"
           "kod isced|dziedzina|dyscyplina"),
    target("study.level", QT_TRANSLATE_NOOP("PartnerDesk", "Level"), "levels",
           "level|study level|level of study|study cycle|cycle|eqf|eqf level|degree level|niveau|studienstufe|"
           "studienniveau|zyklus|abschluss|niveau d'études|cycle d'études|nivel|nivel de estudios|ciclo|"
           "poziom|poziom studiów|stopień|stopień studiów"),
    target("study.year_of_study", QT_TRANSLATE_NOOP("PartnerDesk", "Year of study"), "count",
           "year of study|study year|year of studies|fachjahr|studienjahr im fach|année d'étude|année d'études|"
           "curso actual|año de estudio|rok studiów"),
    target("call.name", QT_TRANSLATE_NOOP("PartnerDesk", "Emergency contact"), "name",
           "emergency contact|emergency contact name|contact in emergency|emergency name|notfallkontakt|"
           "kontakt im notfall|contact d'urgence|personne à contacter|contacto de emergencia|"
           "kontakt w nagłym wypadku|kontakt awaryjny"),
    target("call.phone", QT_TRANSLATE_NOOP("PartnerDesk", "Emergency phone"), "text",
           "emergency phone|emergency contact phone|emergency number|phone of emergency contact|notfallnummer|"
           "notfalltelefon|téléphone d'urgence|numéro d'urgence|teléfono de emergencia|telefon alarmowy|"
           "telefon w nagłym wypadku"),
    target("stay.partner_code", QT_TRANSLATE_NOOP("PartnerDesk", "Code of the partner"), "name",
           "partner code|erasmus code|host code|receiving institution code|receiving erasmus code|"
           "erasmus code of the partner|code of the partner|pic|ror|institution code|"
           "erasmus code partner|partnercode|hochschulcode|code erasmus|code du partenaire|code partenaire|"
           "código erasmus|código del socio|código de la institución|kod erasmus|kod uczelni|kod partnera"),
    target("stay.partner", QT_TRANSLATE_NOOP("PartnerDesk", "Partner of the stay"), "name",
           "partner|partner institution|partner university|host|host institution|host university|"
           "receiving institution|destination|partner of the stay|"
           "partnerhochschule|partneruniversität|gasthochschule|gastuniversität|aufnehmende hochschule|"
           "partenaire|université partenaire|université d'accueil|établissement d'accueil|"
           "socio|universidad socia|universidad de destino|institución de destino|destino|"
           "uczelnia partnerska|uczelnia przyjmująca|uczelnia goszcząca"),
    target("stay.direction", QT_TRANSLATE_NOOP("PartnerDesk", "Direction"), "direction",
           "direction|incoming outgoing|in out|mobility direction|richtung|austauschrichtung|sens|"
           "sens de la mobilité|dirección|sentido|kierunek wymiany|rodzaj wymiany"),
    target("stay.activity", QT_TRANSLATE_NOOP("PartnerDesk", "Activity"), "activity",
           "activity|mobility type|type of mobility|mobilitätsart|art der mobilität|type de mobilité|"
           "tipo de movilidad|typ mobilności|rodzaj mobilności"),
    target("stay.programme", QT_TRANSLATE_NOOP("PartnerDesk", "Programme of the stay"), "text",
           "exchange programme|exchange program|mobility programme|mobility program|programme of the stay|"
           "austauschprogramm|programme d'échange|programa de intercambio|program wymiany"),
    target("stay.year", QT_TRANSLATE_NOOP("PartnerDesk", "Academic year of the stay"), "year",
           "academic year|year|akademisches jahr|studienjahr|hochschuljahr|année universitaire|année académique|"
           "año académico|curso|curso académico|rok akademicki"),
    target("stay.term", QT_TRANSLATE_NOOP("PartnerDesk", "Term of the stay"), "term",
           "term|semester|semesters|term of stay|exchange term|semestre|período|periodo|semestr|trimester|période"),
    target("stay.starts", QT_TRANSLATE_NOOP("PartnerDesk", "Stay from"), "day",
           "stay from|start|start date|from|arrival|planned arrival|start of stay|begin|begins|mobility start|"
           "von|beginn|ab|anreise|aufenthalt von|début|du|date de début|arrivée|début du séjour|"
           "desde|inicio|fecha de inicio|llegada|inicio de la estancia|od|data od|początek|data rozpoczęcia|przyjazd"),
    target("stay.ends", QT_TRANSLATE_NOOP("PartnerDesk", "Stay until"), "end",
           "stay until|end|end date|until|to|departure|planned departure|end of stay|ends|mobility end|"
           "bis|ende|abreise|aufenthalt bis|fin|au|date de fin|départ|fin du séjour|"
           "hasta|fecha de fin|salida|fin de la estancia|do|data do|koniec|data zakończenia|wyjazd"),
)  # fmt: skip

TELLING = frozenset(["person.local_id", "person.esi", "person.birth_date", "person.gender", "person.citizenships"])
"""Columns that no list of partners has."""

NAMING = frozenset(["person.family_name", "person.given_names", "person.full_name"])

REPEATABLE = frozenset(["person.remark", "person.tags"])
