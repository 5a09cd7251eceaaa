"""Given names that news in either language is full of, whether or not the gazetteer has a bearer.

A tagger that has not met a family name often has met the given name before it, or the other way
round: the lists let a span that is cut short be made whole ("نوعام شاليط", "Hashim Safi al-Din").
They are of the languages, not of one gazetteer. All in normal form.
"""

from __future__ import annotations

from nisba_service.names.normalise import normal_form


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# Hardly ever anything but a name.
_ARABIC = _forms("""
    محمد أحمد محمود حامد حمدان حمدي حميد عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالقادر
    عبدالحميد عبدالفتاح عبدالرحيم عبداللطيف عبدالمجيد عبدالناصر عبدالملك عبدالهادي عبدالوهاب
    عبدربه عثمان حسن حسين حسنين حسني حسان جعفر عباس حمزة خالد وليد معاوية طارق زياد صلاح طه
    ياسين يوسف يونس يعقوب يحيى إبراهيم إسماعيل إسحاق اسحق إلياس إدريس أيوب داود داوود سليمان
    موسى عيسى هارون زكريا لقمان آدم إياد أسامة أسعد أنس أنور أيمن أكرم أمجد أوس باسل بسام بشار
    تامر تيسير توفيق جاسم جبريل جهاد جودت جورج حازم حبيب حسام حكمت حيدر خضر خليل خلدون درويش
    ذياب رائد راشد رامي رأفت ربحي رجب رشدي رضا رضوان رفيق رمزي زاهر زهير زكي زيدان سامح سامر
    سامي سعد سعود سعدون سعدي سفيان سلمان سليم سميح سمير سهيل شادي شاهر شكري شريف صائب صبحي صبري
    صدام صهيب صفوت طلال طلعت عاصم عاطف عبيد عدنان عدي عرفات عزام عزت عزمي عصام عطا عقيل علاء
    عماد عمار عمران عمرو غازي غسان فادي فاروق فاضل فتحي فخري فراس فهد فهمي فواز فوزي فيصل فؤاد
    قاسم قحطان قصي قيس كاظم كمال لؤي لطفي ليث مأمون مازن ماهر مثنى مجدي محسن محيي مدحت مروان
    مصطفى مصعب مظفر معاذ معتز معتصم مقتدى ممدوح منذر مهند مهدي مؤيد مؤمن ميسرة ناصيف نايف نبيل
    نجيب نزار نصري نضال نعمان نعيم نوري نوفل هادي هاشم هشام هيثم وائل وسيم ياسر آمنة أريج إيمان
    بثينة حليمة حنين خديجة خلود ديانا دينا رابعة رانيا رباب رزان رشا رنا روان ريم ريما زينب
    ساجدة سارة سامية سعاد سلمى سلوى سماح سميرة سمية سهى سهام سوزان شيرين صفاء ضحى عائشة عبير
    عفاف غادة فاتن فاطمة فدوى فيروز لبنى لطيفة لمى لميس ليلى لينا مريم منال مها ميسون ناديا
    نانسي نجاة نجلاء نجوى نزهة نسرين نوال نورا هالة هدى هيفاء وداد يسرى أميمة إنعام ميرفت
""")
# Ordinary words as well, so that only a name that follows makes them names: أحلام التميمي.
_ARABIC_WORDS = _forms("""
    أحلام أمل آمال أماني أمين أمينة أميرة أشرف إحسان إخلاص بدر بديع جلال جمال جميل حمد خالص ربيع
    رشيد زين سالم سعيد سلام سمر سند سيد شفيق صادق صالح صباح صخر طيب عزيز عودة عون غالب فرج فريد
    كامل كرم كريم لطيف مبارك محبوب مسعود مشير معروف ناجي نافذ نصر نور هلال وحيد وفاء وليم يسار
    حنان حكيم شاهين شمس عفيف عادلة كوثر نهاد هناء ثريا نوف إسراء إيناس سناء منى سلافة تهاني بهاء
    نديم وسام أنيس عمر يزيد باسم بكر بلال ثائر جابر حاتم رفعت رمضان رياض زيد سلطان سيف شاكر شوقي
    صابر ضياء طاهر عادل عارف عامر عايد عطية عوض غانم فارس فايز فضل كايد ماجد مراد معن مفيد منصور
    منير نادر ناصر نبيه نذير نسيم هاني واصل وجدي وديع أسماء بشرى جميلة دلال رحاب شهد علياء نادية
    هبة هند خالدة فرح جو ليون
""")
# Hebrew, Persian, Turkish and Western, as the Arabic press writes them.
_FOREIGN = _forms("""
    إيهود إيهودا بنيامين يتسحاق يتسحق شمعون شيمون موشيه موشي أرييل أريئيل دافيد ديفيد رؤوبين
    رؤوفين أفيغدور أفيخاي يائير يوآف يوسي يوفال نفتالي إيتامار بتسلئيل حاييم حييم مئير مائير
    مناحيم غولدا تسيبي تسيفي تساحي عامير عمير عاموس غابي غادي جدعون غدعون جلعاد غلعاد نوعام نوعم
    ناحوم ناتان نتان رعنان رونين إيلي إلياهو يغئال يهودا زئيف زهافا شاؤول شلومو عوزي عوفر عيزر
    آفي آفيف أييليت ميري ميراف تامار ليئور دوف داني إلداد إلعازر منوجهر منوشهر هاشمي غلام بهرام
    داريوش جواد محمدرضا بولنت أحمدي مولود هاكان دولت ميرال جوزيف جوزف جوزيب جون جاك جيمس جيمي
    جيفري جيرار جيسون جاريد جيرالد جيرمي جيري بيل بيتر بيير بيار بول باتريك بوب بوريس باراك
    باربرا برنار برنارد براين بريت دونالد دومينيك دينيس دوغلاس دانيال دانيل ديمتري ديك دوروثي
    رونالد روبرت روبير ريتشارد ريكس رودولف رامسي ريموند راؤول رومانو روجر ستيفن ستيفان ستيف
    ستافان سيرغي سيرجي سيرج سيلفيو سيلفان سامنثا شارل شارون شون طوني توني تيري توماس توم تيريزا
    تشارلز تشارلي خافيير خافيار خوسيه خوان فرانسوا فرانك فرانز فرانسيسكو فلاديمير فيليب فيليبي
    فيكتور فيديريكا فيرنون فريدريك فرناندو كارل كارلوس كارلا كاثرين كارين كريستوفر كريستيان
    كريستين كريستينا كلاوس كلود كلير كوفي كولن كوندوليزا كوندليزا كيفن كيلي كيم كيث غابرييل
    غوردون غوردن غيرهارد غيرهارت غاري لوران لويس لويجي لورا لودفيغ لوكا لورنس ليونيل مادلين
    مارتن مارتي مارك ماركو ماركوس ماري ماريا ماريان مارسيل مارغريت ماسيمو مايك مايكل ميخائيل
    ميشال ميشيل ميتش ميغيل نيكولا نيكولاس نيكولاي نيكي نيك نيل نعوم هانس هاري هنري هيلاري هيلغا
    هيلين هيرمان هوارد وارن والتر ويليام وليام ويندي وودرو آلن ألبرت ألفارو ألفريدو ألكسندر
    ألكسي أليكس أنتوني أنطوني أنطونيو أنطوان أنجيلا أنغيلا أندرو أندريه أندرياس إدوارد إدوار
    إريك إرنست إليزابيث إيمانويل إيفانكا إيفان إيان ألكسيس أوغو أوتو إميل إميلي إنريكي إنغريد
    يان يوهان يوهانس يورغن يوليا يوكيا إدمون إدمونت
""")

_LATIN = _forms("""
    mohammed mohammad muhammad mohamed ahmed ahmad mahmoud hamid hamed hassan hasan hussein
    hussain husayn ali omar umar othman uthman abbas hamza khaled khalid walid waleed tariq
    tarek ziad ziyad salah saleh salih yasin yousef yusuf youssef younis yaqoub yahya ibrahim
    ismail ishaq elias ayoub daoud dawood suleiman sulaiman musa mousa moussa issa haroun
    zakaria adam iyad osama usama asaad anas anwar ayman akram amjad basel bassel bassem bassam
    bashar bakr bilal tamer tawfiq jaber jassem jibril jihad hazem hatem habib hussam haidar
    khader khalil raed rashid rami raafat rajab ramzi ramadan riad riyad zaher zuhair zaki zaid
    zayd sameh samer sami saad saud salman salim selim samih samir suhail saif shadi shaker
    sharif sherif saeb sobhi sabri talal taher tahir adel adil aref assem atef amer adnan azzam
    ezzat azmi issam essam imad ammar imran amr ghazi ghassan fadi fares faris farouk farouq
    fadel fayez fathi fakhri firas fahd fahmi fawaz fawzi faisal fuad fouad qassem qasim qais
    kazem kamal luay mamoun majed mazen maher majdi mohsen murad marwan mustafa mostafa musab
    muadh muataz mufid muqtada moqtada mamdouh munther mansour munir muhannad mahdi nader nasser
    nasir nayef nabil nabih najib nizar nasim nidal naim nuri nouri hadi hashem hashim hani
    hisham haitham wael wasim yasser yasir zine abdullah abdallah abdulrahman abdelrahman
    abdulaziz abdelaziz abdel abdul aisha amina amal asma dalal dina fatima farah hanan hala
    hanin heba huda hind khadija laila layla leila lina lubna maha mariam maryam mona muna nadia
    nadine najwa nancy nawal nour rania rana rasha reem rima salma samira samia sana sarah
    shireen suha wafa zainab zeinab benjamin binyamin yitzhak shimon moshe ariel ehud avigdor
    yair yoav yossi yuval naftali itamar bezalel haim chaim meir menachem golda tzipi amos gadi
    gideon gilad noam nahum natan ronen eli yaakov yigal yehuda shaul shlomo uzi ayelet miri
    merav george john joe joseph jack james jimmy jeffrey jason jared jeremy bill peter pierre
    paul patrick boris bernard barack brian donald dennis douglas daniel david dick richard
    robert ronald romano roger stephen steven sergey sergei silvio susan charles tony thomas tom
    theresa javier jose juan francois frank francisco vladimir philip philippe victor federica
    carl karl carlos catherine christopher christian claude claire colin condoleezza kevin kelly
    gabriel gordon laurent louis luigi laura madeleine martin mark marco marie maria margaret
    michael mike michel miguel nicolas nikolai nickolay nikki nick hans harry henry hillary
    helen howard warren walter william wendy alan albert alvaro alexander alexei alex antony
    anthony antonio angela andrew andre edward eric ernest elizabeth emmanuel ivan ian anna
    emile emily ingrid jan johan johannes yukiya
""")
_CLEAR = _ARABIC | _FOREIGN | _LATIN

# Countries and towns that people are named after: "Israel Katz", "Jordan Bardella".
PLACES = _forms("israel jordan chad georgia sydney austin florence virginia إسرائيل جوردان يسرائيل")


def is_given_name(word: str) -> bool:
    """Say of a word in normal form whether it is a given name and hardly anything else."""
    return word in _CLEAR


def may_be_given_name(word: str) -> bool:
    """Say whether a word in normal form is a given name, though perhaps an ordinary word too."""
    return word in _CLEAR or word in _ARABIC_WORDS
