"""What the columns of an office's spreadsheet can mean, and the words offices head them with.

The words are kept folded (see `text.fold`) in English, German, French, Spanish, Polish, and some
Catalan, Italian, Portuguese and Dutch as met in real lists.
"""

import re
from collections.abc import Iterable
from functools import cache

from partnerdesk.domain import headers_people
from partnerdesk.domain.targets import Target, target
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

CODE_SCHEMES = ("erasmus", "pic", "oid", "ror", "schac", "erasmus-charter", "ukprn", "ipeds", "local")

REPEATABLE = frozenset([
    "partner.alias", "partner.tags", "partner.remark", "contact.email", "agreement.remark", "places.other_terms",
    "places.field_note", "code.local", *headers_people.REPEATABLE,
])  # fmt: skip
"""Targets that several columns may fill."""


TARGETS: tuple[Target, ...] = (
    target("partner.name", QT_TRANSLATE_NOOP("PartnerDesk", "Name of the partner"), "name",
            "name|institution|partner|university|partner institution|partner university|institution name|"
            "name of institution|name of the institution|name of partner|name of university|university name|"
            "legal name|organisation name|organization name|organisation|organization|organisation legal name|"
            "partner name|host institution|host university|receiving institution|home institution of partner|school|"
            "college|hei|hei name|english name|official name|name english|institution english|partner hei|"
            "hochschule|universität|partnerhochschule|partneruniversität|partnerinstitution|einrichtung|"
            "name der hochschule|name der partnerhochschule|name der einrichtung|gasthochschule|gastuniversität|"
            "partner einrichtung|hochschulname|kooperationspartner|institution partner|uni|"
            "établissement|université|institution partenaire|université partenaire|établissement partenaire|"
            "partenaire|nom|nom de l'établissement|nom de l'institution|établissement d'accueil|école|"
            "nom de l'université|université d'accueil|nom du partenaire|"
            "universidad|institución|universidad socia|universidad de destino|nombre|nombre de la institución|"
            "centro de destino|institución socia|socio|universidad contraparte|nombre de la universidad|entidad|"
            "institución de destino|universidad extranjera|"
            "uczelnia|uczelnia partnerska|nazwa|nazwa uczelni|uniwersytet|instytucja|nazwa instytucji|"
            "uczelnia zagraniczna|nazwa uczelni partnerskiej|partner zagraniczny|instytucja partnerska|szkoła|"
            "universitat|institució|nom de la universitat|università|istituto|ateneo|nome|sede|sede partner|"
            "università partner|universidade|instituição|nome da instituição|universiteit|instelling|"
            "partnerinstelling|naam"),
    target("partner.name_original", QT_TRANSLATE_NOOP("PartnerDesk", "Name in its own script"), "name",
            "original name|native name|name original|name in original language|local name|name in own language|"
            "originalname|name in landessprache|nom d'origine|nom original|nombre original|nazwa oryginalna|"
            "nazwa w języku oryginalnym"),
    target("partner.alias", QT_TRANSLATE_NOOP("PartnerDesk", "Other name"), "name",
            "alias|also known as|aka|other name|other names|former name|alternative name|alternativname|"
            "anderer name|früherer name|autre nom|ancien nom|otro nombre|nombre anterior|inna nazwa|"
            "poprzednia nazwa|translated name|name german|name deutsch"),
    target("partner.short_name", QT_TRANSLATE_NOOP("PartnerDesk", "Short name"), "text",
            "short name|acronym|abbreviation|short|abbr|kürzel|kurzname|abkürzung|sigle|acronyme|abréviation|"
            "siglas|acrónimo|abreviatura|skrót|akronim|sigla"),
    target("partner.country", QT_TRANSLATE_NOOP("PartnerDesk", "Country"), "country",
            "country|country code|country cd|country of institution|country name|nation|state|iso country|iso code|"
            "host country|partner country|cc|ctry|country iso|"
            "land|staat|ländercode|länderkürzel|zielland|gastland|partnerland|länderkennung|"
            "pays|code pays|pays d'accueil|pays partenaire|pays de destination|"
            "país|código país|código de país|país de destino|"
            "kraj|państwo|kod kraju|kraj partnera|pais de destinacio|paese|nazione|stato|codice paese|"
            "lidstaat|país destino"),
    target("partner.region", QT_TRANSLATE_NOOP("PartnerDesk", "Region"), "text",
            "region|state province|province|bundesland|région|provincia|región|comunidad autónoma|województwo|"
            "regione|kanton"),
    target("partner.city", QT_TRANSLATE_NOOP("PartnerDesk", "City"), "text",
            "city|town|location|place|city name|stadt|ort|standort|gaststadt|ville|lieu|commune|ciudad|localidad|"
            "población|municipio|miasto|miejscowość|ciutat|città|comune|cidade|plaats|stad"),
    target("partner.street", QT_TRANSLATE_NOOP("PartnerDesk", "Street"), "text",
            "street|address|street address|postal address|mailing address|address line|address 1|"
            "straße|strasse|adresse|anschrift|postadresse|rue|calle|dirección|domicilio|ulica|adres|adreça|via|"
            "indirizzo|endereço|straat"),
    target("partner.postcode", QT_TRANSLATE_NOOP("PartnerDesk", "Postcode"), "text",
            "postcode|post code|post cd|postal code|zip|zip code|plz|postleitzahl|code postal|cp|código postal|"
            "kod pocztowy|codi postal|cap|código postal"),
    target("partner.website", QT_TRANSLATE_NOOP("PartnerDesk", "Website"), "address",
            "website|web|url|website url|homepage|web site|link|web page|webpage|internet|www|site web|"
            "partner website|institution website|"
            "webseite|internetseite|internetadresse|webadresse|site|site internet|lien|adresse web|página web|"
            "sitio web|enlace|página|dirección web|strona|strona internetowa|strona www|adres www|pàgina web|"
            "sito|sito web|pagina web|webpagina"),
    target("partner.factsheet_url", QT_TRANSLATE_NOOP("PartnerDesk", "Factsheet"), "address",
            "factsheet|fact sheet|factsheet url|information sheet|info sheet|pdf info|datenblatt|infoblatt|"
            "merkblatt|fiche d'information|fiche|hoja informativa|ficha|karta informacyjna"),
    target("partner.catalogue_url", QT_TRANSLATE_NOOP("PartnerDesk", "Course catalogue"), "address",
            "course catalogue|course catalog|catalogue|course list|courses|vorlesungsverzeichnis|kursangebot|"
            "catalogue de cours|catalogue des cours|catálogo de cursos|oferta académica|plan de estudios|"
            "katalog przedmiotów|katalog kursów"),
    target("partner.latitude", QT_TRANSLATE_NOOP("PartnerDesk", "Latitude"), "degrees",
            "latitude|lat|coord lat|geo lat|breite|breitengrad|geographische breite|latitud|szerokość geograficzna"),
    target("partner.longitude", QT_TRANSLATE_NOOP("PartnerDesk", "Longitude"), "degrees",
            "longitude|long|lon|lng|coord long|coord lon|coord lng|geo lon|länge|längengrad|longitud|"
            "długość geograficzna"),
    target("partner.unit", QT_TRANSLATE_NOOP("PartnerDesk", "Partner's faculty or department"), "name",
            "partner faculty|partner department|partner unit|host faculty|host department|department|centre|center|"
            "school department|partner school|receiving faculty|faculty at partner|institute|"
            "fachbereich der partnerhochschule|partnerfakultät|fakultät der partnerhochschule|partnerinstitut|institut|"
            "département|composante|composante partenaire|faculté partenaire|faculté d'accueil|"
            "departamento|centro|facultad de destino|facultad socia|"
            "wydział partnera|wydział uczelni partnerskiej|wydział partnerski|centre de destí|dipartimento|"
            "departament"),
    target("partner.charter_from", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus charter from"), "day",
            "erasmus eche start|eche start|eche start date|charter start|charter from|eche from|eche valid from|"
            "euc start|charter start date"),
    target("partner.charter_to", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus charter until"), "end",
            "erasmus eche end|eche end|eche end date|charter end|charter until|eche until|eche valid to|euc end|"
            "charter end date"),
    target("partner.tags", QT_TRANSLATE_NOOP("PartnerDesk", "Tags"), "list",
            "tags|tag|labels|keywords|category|schlagworte|stichworte|kategorie|mots clés|catégorie|etiquetas|"
            "categoría|etykiety|kategoria|network|netzwerk|réseau|red|sieć|charter type code|charter type|eche type"),
    target("partner.remark", QT_TRANSLATE_NOOP("PartnerDesk", "Remark on the partner"), "text",
            "remark|remarks|note|notes|comment|comments|partner remark|bemerkung|bemerkungen|anmerkung|anmerkungen|"
            "notiz|notizen|kommentar|hinweis|hinweise|remarque|remarques|commentaire|commentaires|observation|"
            "observations|observaciones|comentarios|notas|nota|uwagi|komentarz|descripció|descripcio|description|"
            "beschreibung|descripción|opis|opmerking|note e commenti"),
    target("partner.responsible", QT_TRANSLATE_NOOP("PartnerDesk", "Responsible in our office"), "text",
            "responsible|owner|our contact|responsible person|case handler|coordinator home|home coordinator|"
            "our coordinator|zuständig|sachbearbeiter|verantwortlich|verantwortliche|betreuer|programmbeauftragter|"
            "programmbeauftragte|responsable|chargé|coordinateur interne|coordinador propio|responsable propio|"
            "osoba odpowiedzialna|opiekun|koordynator|departmental coordinator"),
    target("code.erasmus", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus code"), "code",
            "erasmus code|erasmus id|erasmus id code|eramus code|erasmuscode|erasmus institutional code|"
            "erasmus institution code|id code|institution code|hei id erasmus|eche code|erasmus|erasmus kode|"
            "erasmus nummer|ic code|code erasmus|code d'institution|código erasmus|código de la institución|"
            "kod erasmus|kod erasmusa|kod uczelni|codi|codi erasmus|codice erasmus|codice|código|kod|code|"
            "erasmus nr|partner code erasmus|institutional code"),
    target("code.pic", QT_TRANSLATE_NOOP("PartnerDesk", "Participant code (PIC)"), "code",
            "pic|pic code|pic number|participant identification code|participant code|pic nummer|numéro pic|"
            "código pic|kod pic|numer pic"),
    target("code.oid", QT_TRANSLATE_NOOP("PartnerDesk", "Organisation ID (OID)"), "code",
            "oid|organisation id|organization id|oid number|oid code|organisations id|"
            "identifiant de l'organisation|id de la organización|identyfikator organizacji"),
    target("code.ror", QT_TRANSLATE_NOOP("PartnerDesk", "ROR"), "code", "ror|ror id|ror code|ror link|ror identifier"),
    target("code.schac", QT_TRANSLATE_NOOP("PartnerDesk", "SCHAC host name"), "code",
            "schac|schac code|schac home organization|hei id|schac id|ewp id|domain"),
    target("code.erasmus-charter", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus charter number"), "code",
            "proposal number|proposal reference|erasmus refcode|refcode|eche number|charter number|eche reference|"
            "application reference|chartanummer|charternummer|numéro de charte|número de carta|numer karty|eche"),
    target("code.ukprn", QT_TRANSLATE_NOOP("PartnerDesk", "UKPRN"), "code", "ukprn"),
    target("code.ipeds", QT_TRANSLATE_NOOP("PartnerDesk", "IPEDS unit"), "code",
            "ipeds|ipeds id|unitid|ipeds unit id"),
    target("code.local", QT_TRANSLATE_NOOP("PartnerDesk", "Our own code of the partner"), "code",
            "partner id|partner no|partner number|our code|internal id|internal code|local id|id|key|no|nr|"
            "partnernummer|hochschulnummer|interne nummer|lfd nr|n°|numéro|identifiant|número|identificador|"
            "numer|lp|partner code|institution id|partner key"),
    target("contact.name", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: name"), "name",
            "contact|contact person|contact name|coordinator|partner coordinator|international coordinator|"
            "institutional coordinator|erasmus coordinator|contact at partner|coordinator name|name of contact|"
            "ansprechpartner|ansprechpartnerin|ansprechperson|kontakt|kontaktperson|koordinator|koordinatorin|"
            "partnerkoordinator|contact partenaire|personne de contact|coordinateur|coordinatrice|interlocuteur|"
            "nom du contact|contacto|persona de contacto|coordinador|coordinadora|nombre de contacto|"
            "osoba kontaktowa|kontakt osoba|koordynator partnera|koordynator uczelni partnerskiej|contatto|"
            "referente|coordinatore"),
    target("contact.given_names", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: given names"), "name",
            "first name|given name|forename|contact first name|vorname|prénom|nombre de pila|imię"),
    target("contact.family_name", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: family name"), "name",
            "last name|surname|family name|contact last name|nachname|familienname|nom de famille|apellido|"
            "apellidos|nazwisko"),
    target("contact.email", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: e-mail"), "mail",
            "email|e mail|mail|contact email|email address|e mail address|contact e mail|coordinator email|"
            "email of contact|e mail adresse|mailadresse|kontakt e mail|courriel|adresse mail|adresse e mail|mél|"
            "adresse électronique|correo|correo electrónico|e mail de contacto|adres e mail|adres email|poczta|"
            "correu|correu electrònic|posta elettronica|indirizzo e mail"),
    target("contact.phone", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: telephone"), "text",
            "phone|telephone|tel|phone number|contact phone|telefon|telefonnummer|rufnummer|téléphone|teléfono|"
            "nr telefonu|numer telefonu|telèfon|telefono"),
    target("contact.function", QT_TRANSLATE_NOOP("PartnerDesk", "Contact: function"), "text",
            "function|position|job title|contact position|contact function|funktion|stelle|fonction|poste|cargo|"
            "función|stanowisko|funkcja"),
    target("agreement.uid", QT_TRANSLATE_NOOP("PartnerDesk", "Record ID of the agreement"), "text",
            "record id|agreement record id"),
    target("agreement.our_code", QT_TRANSLATE_NOOP("PartnerDesk", "Agreement number"), "text",
            "agreement number|agreement no|agreement id|agreement code|contract number|contract no|reference|"
            "agreement reference|ref|iia id|iia code|agreement ref|"
            "vertragsnummer|vertrag nr|vereinbarungsnummer|aktenzeichen|numéro d'accord|numéro de convention|"
            "référence|número de convenio|código de convenio|número de acuerdo|referencia|numer umowy|nr umowy|"
            "sygnatura|codi conveni"),
    target("agreement.partner_code", QT_TRANSLATE_NOOP("PartnerDesk", "Partner's agreement number"), "text",
            "partner agreement number|partner reference|partner agreement code|partner iia code|"
            "vertragsnummer partner|référence partenaire|referencia socio|numer umowy partnera"),
    target("agreement.title", QT_TRANSLATE_NOOP("PartnerDesk", "Title of the agreement"), "text",
            "title|agreement title|agreement name|titel|vertragstitel|bezeichnung|titre|intitulé|título|"
            "título del convenio|tytuł|tytuł umowy|nazwa umowy"),
    target("agreement.type", QT_TRANSLATE_NOOP("PartnerDesk", "Kind of agreement"), "type",
            "agreement type|type of agreement|type|kind|contract type|cooperation type|type of cooperation|"
            "vertragsart|art der vereinbarung|vertragstyp|art|kooperationsart|abkommensart|art der kooperation|"
            "type d'accord|type de convention|nature|tipo|tipo de convenio|tipo de acuerdo|rodzaj umowy|typ umowy|"
            "rodzaj|typ|rodzaj współpracy|tipus|tipus de conveni|tipo di accordo"),
    target("agreement.double_degree", QT_TRANSLATE_NOOP("PartnerDesk", "Is a double degree"), "flag",
            "double degree|is double degree|dual degree|joint degree|doppelabschluss|double diplôme|"
            "doble titulación|doble grado|podwójny dyplom|is doble titulacio|doble titulacio|doppio titolo"),
    target("agreement.programme", QT_TRANSLATE_NOOP("PartnerDesk", "Programme"), "text",
            "programme|program|programmes|exchange programme|exchange program|mobility programme|scheme|programm|"
            "austauschprogramm|förderprogramm|programmes d'échange|programa|programas|programa de movilidad|"
            "programy|program wymiany|programes|programma|programa de intercambio"),
    target("agreement.concluded_on", QT_TRANSLATE_NOOP("PartnerDesk", "Signed on"), "day",
            "concluded|concluded on|signed|signed on|date signed|signature date|date of signature|signing date|"
            "date of agreement|agreement date|approved on|date concluded|conclusion date|"
            "unterzeichnet|unterzeichnet am|unterschrieben am|abgeschlossen|abgeschlossen am|vertragsabschluss|"
            "unterzeichnung|vertragsdatum|abschlussdatum|datum der unterzeichnung|"
            "signé le|date de signature|conclu le|date de l'accord|date de conclusion|signature|"
            "firmado|firmado el|fecha de firma|fecha firma|fecha del convenio|"
            "podpisano|data podpisania|data zawarcia|zawarto|data zawarcia umowy|data signatura|data firma|"
            "data di firma|data de assinatura"),
    target("agreement.valid_from", QT_TRANSLATE_NOOP("PartnerDesk", "Valid from"), "day",
            "valid from|start|start date|from|begin|begins|beginning|starts|effective|effective from|effective date|"
            "validity start|agreement start|start of agreement|starting year|first year|valid since|since|"
            "gültig ab|gültig von|beginn|von|ab|laufzeit von|vertragsbeginn|seit|laufzeit beginn|start vertrag|"
            "valable à partir de|début|du|date de début|valide du|depuis|à partir de|début de validité|"
            "válido desde|desde|inicio|fecha de inicio|vigente desde|fecha inicio|inicio de vigencia|"
            "ważna od|ważne od|od|obowiązuje od|data rozpoczęcia|początek|data od|vigent des de|vigent desde|"
            "data inizio|inizio|valido dal|dal|início|data de início|geldig van|geldig vanaf"),
    target("agreement.valid_to", QT_TRANSLATE_NOOP("PartnerDesk", "Valid until"), "end",
            "valid until|valid to|end|end date|until|to|expires|expires on|expiry|expiry date|expiration|"
            "expiration date|valid through|ends|validity end|agreement end|end of agreement|last year|final year|"
            "valid till|till|validity|expiring|"
            "gültig bis|bis|ende|laufzeit bis|vertragsende|ablauf|ablaufdatum|läuft ab|läuft ab am|gültigkeit|"
            "laufzeit ende|laufzeitende|befristet bis|"
            "valable jusqu'au|valable jusqu'à|fin|au|date de fin|expire|expire le|date d'expiration|jusqu'au|"
            "échéance|validité|fin de l'accord|fin de convention|fin de la convention|date de fin de l'accord|date fin|"
            "fin de validité|date d'échéance|"
            "válido hasta|hasta|fecha de fin|fecha fin|vencimiento|caduca|vigente hasta|fecha de vencimiento|"
            "vigencia|fin de vigencia|validez|fecha de caducidad|"
            "ważna do|ważne do|do|obowiązuje do|data zakończenia|koniec|wygasa|data do|data wygaśnięcia|"
            "termin ważności|ważność|vigent fins|vigent fins a|data fine|fine|valido fino al|scadenza|al|"
            "válido até|data de fim|geldig tot|einde"),
    target("agreement.years", QT_TRANSLATE_NOOP("PartnerDesk", "Academic years of validity"), "years",
            "academic years|years|period|agreement period|duration of agreement|validity period|period of validity|"
            "term of agreement|laufzeit|geltungsdauer|studienjahre|zeitraum|gültigkeitszeitraum|vertragslaufzeit|"
            "années universitaires|période|période de validité|durée de l'accord|años académicos|periodo|período|"
            "periodo de validez|cursos académicos|lata akademickie|okres|okres obowiązywania|okres ważności|periode"),
    target("agreement.open_ended", QT_TRANSLATE_NOOP("PartnerDesk", "Open-ended"), "flag",
            "open ended|unlimited|indefinite|permanent|no end date|unbefristet|illimité|indefinido|bezterminowa|"
            "bezterminowo"),
    target("agreement.auto_renew_months", QT_TRANSLATE_NOOP("PartnerDesk", "Renews itself by months"), "count",
            "auto renewal months|renewal months|renews by months|automatic renewal months|verlängerung monate|"
            "renouvellement mois|renovación meses"),
    target("agreement.notice_months", QT_TRANSLATE_NOOP("PartnerDesk", "Notice in months"), "count",
            "notice months|notice period|notice period months|kündigungsfrist|préavis|plazo de preaviso|"
            "okres wypowiedzenia"),
    target("agreement.status", QT_TRANSLATE_NOOP("PartnerDesk", "Status of the agreement"), "text",
            "status|agreement status|state of agreement|stand|vertragsstatus|statut|état|estado|stan|status umowy"),
    target("agreement.location", QT_TRANSLATE_NOOP("PartnerDesk", "Where the paper is"), "text",
            "file|file location|folder|archive|location of agreement|ablage|ablageort|ordner|dossier|emplacement|"
            "archivo|carpeta|ubicación|teczka|miejsce przechowywania|agreement link|agreement file"),
    target("agreement.remark", QT_TRANSLATE_NOOP("PartnerDesk", "Remark on the agreement"), "text",
            "agreement remark|agreement remarks|agreement notes|agreement comment|vertragsbemerkung|"
            "bemerkung zum vertrag|remarque accord|observaciones del convenio|uwagi do umowy"),
    target("places.direction", QT_TRANSLATE_NOOP("PartnerDesk", "Direction"), "direction",
            "direction|incoming outgoing|in out|mobility direction|richtung|austauschrichtung|sens|"
            "sens de la mobilité|dirección de movilidad|sentido|kierunek wymiany|rodzaj wymiany"),
    target("places.activity", QT_TRANSLATE_NOOP("PartnerDesk", "Activity"), "activity",
            "activity|mobility type|type of mobility|mobility|action|aktivität|mobilitätsart|art der mobilität|"
            "type de mobilité|mobilité|activité|tipo de movilidad|movilidad|actividad|typ mobilności|"
            "rodzaj mobilności|działanie|actividad erasmus"),
    target("places.heads", QT_TRANSLATE_NOOP("PartnerDesk", "Places"), "count",
            "places|number of places|number of students|students|no of students|slots|quota|seats|"
            "number of slots|spots|exchange places|student places|available places|capacity|students per year|"
            "places per year|max students|no of places|mobilities|"
            "plätze|anzahl plätze|studienplätze|studierende|anzahl studierende|anzahl der plätze|platzzahl|"
            "kontingent|anzahl|austauschplätze|plätze pro jahr|zahl der plätze|studierendenplätze|"
            "nombre de places|nombre d'étudiants|étudiants|effectif|flux|nb places|nb de places|nb étudiants|"
            "nombre de mobilités|capacité|quota d'étudiants|places disponibles|"
            "plazas|número de plazas|número de estudiantes|estudiantes|nº plazas|n plazas|nº de plazas|cupo|"
            "num plazas|plazas disponibles|"
            "miejsca|liczba miejsc|liczba studentów|studenci|limit miejsc|limit|liczba osób|"
            "places disponibles|posti|numero posti|numero studenti|vagas|número de vagas|aantal plaatsen|plaatsen"),
    target("places.heads_out", QT_TRANSLATE_NOOP("PartnerDesk", "Places outgoing"), "count",
            "places out|outgoing places|outgoing|outgoing students|places outgoing|outbound|students out|"
            "out students|number outgoing|outgoing slots|sm out|sms out|"
            "plätze outgoing|outgoings|plätze out|outgoing plätze|sortants|places sortantes|étudiants sortants|"
            "sortant|envoi|plazas salientes|salientes|estudiantes salientes|enviados|wyjeżdżający|wyjazdy|"
            "liczba wyjazdów|miejsca wyjazdy|studenci wyjeżdżający|in uscita|liczba wyjeżdżających"),
    target("places.heads_in", QT_TRANSLATE_NOOP("PartnerDesk", "Places incoming"), "count",
            "places in|incoming places|incoming|incoming students|places incoming|inbound|students in|in students|"
            "number incoming|incoming slots|sm in|sms in|"
            "plätze incoming|incomings|plätze in|incoming plätze|entrants|places entrantes|étudiants entrants|"
            "entrant|accueil|plazas entrantes|entrantes|estudiantes entrantes|recibidos|przyjeżdżający|przyjazdy|"
            "liczba przyjazdów|miejsca przyjazdy|studenci przyjeżdżający|in entrata|in ingresso|"
            "liczba przyjeżdżających"),
    target("places.staff_out", QT_TRANSLATE_NOOP("PartnerDesk", "Teachers outgoing"), "count",
            "staff out|teachers out|outgoing staff|outgoing teachers|sta out|teaching staff out|staff outgoing|"
            "dozenten outgoing|lehrende outgoing|enseignants sortants|profesores salientes|nauczyciele wyjazdy"),
    target("places.staff_in", QT_TRANSLATE_NOOP("PartnerDesk", "Teachers incoming"), "count",
            "staff in|teachers in|incoming staff|incoming teachers|sta in|teaching staff in|staff incoming|"
            "dozenten incoming|lehrende incoming|enseignants entrants|profesores entrantes|nauczyciele przyjazdy"),
    target("places.staff", QT_TRANSLATE_NOOP("PartnerDesk", "Places for teachers"), "count",
            "staff|teachers|staff places|teacher places|number of staff|sta|dozenten|lehrende|personal|enseignants|"
            "personnel|nombre d'enseignants|profesores|docentes|pdi|nauczyciele|pracownicy|liczba pracowników"),
    target("places.months", QT_TRANSLATE_NOOP("PartnerDesk", "Months per person"), "number",
            "months|duration|duration in months|months per student|length|length of stay|months per place|"
            "duration months|no of months|number of months|stay in months|"
            "monate|dauer|dauer in monaten|monate pro person|aufenthaltsdauer|anzahl monate|dauer monate|"
            "monate pro studierenden|"
            "mois|durée|durée en mois|nombre de mois|nb mois|durée du séjour|"
            "meses|duración|duración en meses|número de meses|nº meses|duración de la estancia|"
            "miesiące|liczba miesięcy|czas trwania|długość pobytu|długość|mesos|durada|mesi|durata|duração|"
            "maanden|duur"),
    target("places.days", QT_TRANSLATE_NOOP("PartnerDesk", "Days per person"), "count",
            "days|days per person|staff days|number of days|tage|anzahl tage|jours|nombre de jours|días|"
            "número de días|dni|liczba dni"),
    target("places.fields", QT_TRANSLATE_NOOP("PartnerDesk", "Subject area"), "fields",
            "isced|isced code|isced f|isced f code|isced field|subject area code|subject area|field of study|"
            "field|subject|study area|fields of study|field of education|isced f 2013|discipline|study field|"
            "subject code|area of study|academic field|subject areas|fields|study programme|study program|area|"
            "fach|fachrichtung|fachbereich|studienfach|studiengang|fachgebiet|studienrichtung|isced fachcode|"
            "studienbereich|fächer|"
            "domaine|domaine d'études|discipline isced|code isced|filière|spécialité|domaines|code domaine|"
            "área|área de estudios|área de estudio|campo de estudio|código isced|titulación|área isced|estudios|"
            "dziedzina|kierunek|kierunek studiów|kod isced|obszar|obszar studiów|dyscyplina|dziedzina nauki|"
            "àrea d'estudi|àrea|area disciplinare|settore|ambito|codice isced|área científica|studierichting|"
            "vakgebied"),
    target("places.field_note", QT_TRANSLATE_NOOP("PartnerDesk", "Subject area in words"), "text",
            "subject area name|isced name|field name|subject description|subject area description|"
            "isced description|isced text|fachbezeichnung|isced bezeichnung|libellé isced|nom du domaine|"
            "nombre del área|nazwa isced|nazwa dziedziny"),
    target("places.levels", QT_TRANSLATE_NOOP("PartnerDesk", "Levels"), "levels",
            "level|levels|study level|level of study|study cycle|cycle|cycles|eqf|eqf level|degree level|degree|"
            "study levels|academic level|niveau|stufe|studienniveau|studienstufe|abschluss|studienzyklus|zyklus|"
            "niveau d'études|cycle d'études|niveaux|nivel|nivel de estudios|ciclo|niveles|grado|"
            "poziom|poziom studiów|stopień|stopień studiów|cykl|nivell|livello|ciclo di studi"),
    target("places.level_short", QT_TRANSLATE_NOOP("PartnerDesk", "Short cycle"), "flag",
            "short cycle|kurzstudium"),
    target("places.level_bachelor", QT_TRANSLATE_NOOP("PartnerDesk", "Bachelor"), "flag",
            "bachelor|ba|bsc|undergraduate|1st cycle|first cycle|ug|bachelors|licence|grado bachelor|"
            "licencjat|licencjackie|i stopień|i stopnia|1 stopień|inżynierskie|laurea|eqf 6|b"),
    target("places.level_master", QT_TRANSLATE_NOOP("PartnerDesk", "Master"), "flag",
            "master|ma|msc|postgraduate|2nd cycle|second cycle|pg|masters|graduate|máster|posgrado|"
            "magister|magisterskie|ii stopień|ii stopnia|2 stopień|laurea magistrale|eqf 7|m"),
    target("places.level_doctoral", QT_TRANSLATE_NOOP("PartnerDesk", "Doctorate"), "flag",
            "doctoral|doctorate|phd|doctor|3rd cycle|third cycle|ph d|promotion|doktorat|doktoranden|doktorand|"
            "doctorat|doctorado|doktoranckie|iii stopień|iii stopnia|3 stopień|dottorato|eqf 8|d"),
    target("places.own_unit", QT_TRANSLATE_NOOP("PartnerDesk", "Our faculty or department"), "name",
            "faculty|our faculty|our department|our unit|home faculty|home department|own unit|faculty name|"
            "sending faculty|home unit|faculty department|faculties|"
            "fakultät|unsere fakultät|fachbereich intern|einheit|heimatfakultät|fakultät fachbereich|"
            "faculté|ufr|notre faculté|faculté d'origine|facultad|nuestra facultad|facultad de origen|centro propio|"
            "wydział|nasz wydział|jednostka|wydział macierzysty|facultat|facoltà|faculdade|faculteit"),
    target("places.languages", QT_TRANSLATE_NOOP("PartnerDesk", "Languages required"), "languages",
            "language|languages|language of instruction|language requirement|language requirements|required language|"
            "teaching language|language level|required language level|"
            "sprache|sprachen|unterrichtssprache|sprachanforderung|sprachanforderungen|sprachniveau|"
            "sprachvoraussetzung|sprachkenntnisse|langue|langues|langue d'enseignement|langue requise|"
            "niveau de langue|idioma|idiomas|requisito de idioma|nivel de idioma|lengua|requisitos lingüísticos|"
            "język|języki|język wykładowy|wymagany język|poziom języka|wymagania językowe|idiomes|llengua|lingua|"
            "lingue|língua|taal"),
    target("places.year", QT_TRANSLATE_NOOP("PartnerDesk", "Academic year of the places"), "year",
            "academic year|year|study year|akademisches jahr|studienjahr|hochschuljahr|année universitaire|"
            "année académique|année|año académico|curso|curso académico|año|rok akademicki|rok|curs|"
            "curs acadèmic|anno accademico|ano letivo|academiejaar"),
    target("places.other_terms", QT_TRANSLATE_NOOP("PartnerDesk", "Further terms"), "text",
            "conditions|terms|requirements|other conditions|selection criteria|bedingungen|voraussetzungen|"
            "anforderungen|conditions d'admission|critères|condiciones|requisitos|warunki|wymagania|condicions|"
            "gpa|minimum gpa"),
)  # fmt: skip

BY_KEY = {each.key: each for each in (*TARGETS, *headers_people.TARGETS)}
OF_KIND: dict[str, tuple[Target, ...]] = {"partners": TARGETS, "people": headers_people.TARGETS}


def _words_of(targets: tuple[Target, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    for each in targets:
        for word in each.words:
            words.setdefault(word, each.key)
    return words


_BY_WORD = {kind: _words_of(targets) for kind, targets in OF_KIND.items()}

_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_STARS = re.compile(r"[*†‡:]+\s*$")


def tidy(header: object) -> str:
    """A header for people: no-break and stray blanks, line breaks and trailing marks gone."""
    written = " ".join(str(header).replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "").split())
    return _STARS.sub("", written).strip()


@cache
def spellings(header: str) -> tuple[str, ...]:
    """Folded spellings under which a header is looked up: whole, without brackets, each half of a slash."""
    whole = tidy(header)
    forms = [whole, _BRACKETS.sub(" ", whole), re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ][a-zà-ÿ])", " ", whole)]
    forms += [half for half in re.split(r"\s*[/|\n]\s*|\s+-\s+|\s+–\s+", whole) if len(half) > 1]
    return tuple(dict.fromkeys(folded for form in forms if (folded := fold(form))))


def known_as(header: str, kind: str = "") -> str:
    """The key of the target that a header names exactly in one of the languages; "" for none.

    `kind` is "partners" or "people"; without one a list of partners is looked for first.
    """
    for words in (_BY_WORD[kind],) if kind else _BY_WORD.values():
        for form in spellings(header):
            if form in words:
                return words[form]
    return ""


def known_words(kind: str = "partners") -> dict[str, str]:
    """Every folded header word of a kind of list with the key of its target."""
    return dict(_BY_WORD[kind])


def kind_of(names: Iterable[str]) -> str:
    """Whether columns tell of "people" (a name, and what no list of partners has) or of "partners"."""
    keys = {known_as(name, "people") for name in names}
    return "people" if keys & headers_people.TELLING and keys & headers_people.NAMING else "partners"


def label_of(key: str) -> Text:
    """What a target is called in the mapping."""
    return Text(BY_KEY[key].label)
