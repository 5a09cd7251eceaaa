"""Parts of people's names, and clauses around names, that training sentences are varied with.

The parts are common ones of the region, in no proportion to their bearers: what they teach is that
a name need not have been seen before. No list is drawn from a development or test file.
"""

from __future__ import annotations

from nisba_service.names.types import EntityType

_GIVEN_AR = """
    أحمد محمد محمود علي حسن حسين خالد عمر عثمان يوسف إبراهيم إسماعيل سليمان داود موسى عيسى
    صالح ناصر فيصل سعود طلال بندر تركي مشعل نواف جاسم حمد راشد سعيد سالم مبارك خليفة زايد
    منصور هزاع طارق زياد هشام وليد باسل رامي سامي هاني شادي فادي مازن غسان نزار عصام بسام
    وسام حسام إياد جهاد نضال ماهر شاكر فاروق رياض كمال جمال نبيل عادل فؤاد مروان عدنان
    قحطان سفيان معاذ أسامة حمزة بلال ياسر عمار أيمن أكرم أنور أشرف أمين رشيد رفيق توفيق
    شفيق مصطفى مرتضى هادي مهدي كاظم جعفر باقر حيدر عباس فاضل نوري إلياس جورج ميشال بطرس
    أنطوان جبران فاطمة عائشة مريم زينب خديجة ليلى سعاد هدى هند سلمى نادية سميرة فريدة
    جميلة رانيا دينا لينا هالة منى أسماء بثينة توكل ريما
"""
_ABD_AR = """
    عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالفتاح عبدالحميد عبدالمجيد عبدالقادر عبدالناصر
    عبد_الله عبد_الرحمن عبد_العزيز عبد_الكريم عبد_الفتاح عبد_الحميد عبد_المجيد عبد_القادر
    عبد_الناصر عبد_المنعم عبد_اللطيف عبد_الوهاب عبد_الملك عبد_السلام عبد_الباري عبد_الهادي
    نور_الدين عز_الدين صلاح_الدين زين_العابدين سيف_الإسلام
"""
_FAMILY_AR = """
    العاروري المصري الحلبي البغدادي الدمشقي النابلسي الخليلي الغزاوي الحسيني الهاشمي
    الزهراني الغامدي القحطاني العتيبي الشمري المطيري الدوسري الحربي العنزي التميمي الجبوري
    الدليمي الساعدي الموسوي الصدر الحكيم المالكي العبادي الكاظمي الزيدي العلوي السنوسي
    القذافي الورفلي الترهوني بوعزيز بن_علي بوتفليقة بلعيد بنعيسى الجزائري المغربي الفاسي
    المراكشي اليوسفي بنكيران الحوثي الأحمر صالح هادي الإرياني باسندوة الزبيدي البيض
    الميرغني البشير الترابي المهدي حمدوك البرهان دقلو جنبلاط الحريري ميقاتي بري فرنجية
    الجميل عون جعجع أرسلان السنيورة سلام الخطيب النجار الحداد الطويل القصير الأسمر شحادة
    عوض حمدان زيدان سرحان شعبان رمضان عطية خليل قاسم الطيب الشريف نصار مسعود زقوت أبوالعلا
    شعث قريع عريقات الرجوب دحلان الطيراوي الشيخ فرج اشتية المالح
"""
_FOREIGN_GIVEN_AR = """
    جون جورج بيل باراك دونالد هيلاري كولن ديك توني غوردون ديفيد بوريس تيريزا جاك نيكولا
    فرانسوا إيمانويل أنغيلا غيرهارد هيلموت سيلفيو رومانو ماريو خوسيه فلاديمير سيرغي ديمتري
    ميخائيل بنيامين إيهود شمعون أفيغدور نفتالي يائير رجب بولنت تانسو حسن كوفي بان أنطونيو
    مارتن ستافان خافيير
"""
_FOREIGN_FAMILY_AR = """
    سميث جونسون ويليامز براون ميلر ديفيس كلارك تشيني باول رامسفيلد ميتشل كيري بلينكن
    سوليفان بلير براون كاميرون ماي دوفيلبان ساركوزي هولاند ماكرون شيراك ميركل شرودر فيشر
    شتاينماير برلوسكوني برودي رينزي ثاباتيرو لافروف بوتين إيفانوف ميدفيديف نتنياهو باراك
    أولمرت ليبرمان بينيت لابيد أردوغان غل داودأوغلو سولانا بوريل لارسن ميلادينوف وينسلاند
    غريفيث دي_ميستورا بيدرسون
"""
_KUNYA_AR = """
    أبو_مازن أبو_علاء أبو_مرزوق أبو_زهري أبو_عبيدة أبو_الهول أبو_إياد أبو_جهاد أبو_قتادة
    أبو_حمزة أبو_الغيط أبو_ردينة أبو_شهلا أم_جهاد
"""
# Last names of two words, which are easily taken for the end of a name and something else.
_LONG_FAMILY_AR = """
    بن_علي بن_جديد بن_فليس بن_كيران بن_سلمان بن_زايد بن_راشد بن_جاسم بن_عيسى آل_ثاني آل_نهيان
    آل_خليفة آل_الشيخ آل_صباح أبو_ليلى أبو_شمالة أبو_غوش أبو_الفتوح أبو_عيطة أبو_سنينة بو_حبيب
    بو_عزيزي بو_غالي ولد_الشيخ ولد_عبدالعزيز ولد_داداه الأحمد_الجابر المبارك_الصباح باي_داود
"""

_GIVEN_EN = """
    Ahmed Mohammed Mahmoud Ali Hassan Hussein Khaled Omar Othman Youssef Ibrahim Ismail
    Suleiman Saleh Nasser Faisal Saud Talal Bandar Turki Mishal Hamad Rashid Saeed Salem
    Mansour Tariq Ziad Hisham Walid Basel Rami Sami Hani Marwan Adnan Osama Hamza Bilal
    Yasser Ammar Ayman Akram Anwar Ashraf Rashid Rafiq Tawfiq Mustafa Hadi Mahdi Kadhim
    Jaafar Haidar Abbas Nouri Abdullah Abdulrahman Abdulaziz Abdel-Fattah Abdelaziz Fatima
    Aisha Maryam Zainab Leila Huda Nadia Salma Rania Lina Hanan Tawakkol Michel Antoine
    Elias Salah Ismail Yahya Mousa Moussa Bashar Maher Riad
"""
_FAMILY_EN = """
    al-Arouri al-Masri al-Halabi al-Baghdadi al-Hashemi al-Zahrani al-Ghamdi al-Qahtani
    al-Otaibi al-Shammari al-Mutairi al-Harbi al-Tamimi al-Jabouri al-Dulaimi al-Saadi
    al-Moussawi al-Sadr al-Hakim al-Maliki al-Abadi al-Kadhimi Al-Houthi Al-Ahmar Al-Thani
    Al-Nahyan Al-Sabah al-Assad al-Sisi al-Burhan al-Bashir al-Turabi Dagalo Hamdok
    Bouteflika Benkirane Hariri Mikati Berri Jumblatt Geagea Aoun Siniora Salam Khatib
    Najjar Haddad Shehadeh Awad Hamdan Zidane Khalil Qassem Sharif Nassar Shaath Qurei
    Erekat Rajoub Dahlan Shtayyeh Hamdallah Fayyad Barghouti Sinwar Haniyeh Zahar Deif
    Ghoul Issa Darwish Mansour Rahman Aziz Karimi Rouhani Zarif Abu-Marzouk
"""


def _names(*tables: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of tables, each as its words."""
    return tuple(tuple(name.split("_")) for table in tables for name in table.split())


GIVEN_AR = _names(_GIVEN_AR, _ABD_AR)
FAMILY_AR = _names(_FAMILY_AR)
FOREIGN_GIVEN_AR = _names(_FOREIGN_GIVEN_AR)
FOREIGN_FAMILY_AR = _names(_FOREIGN_FAMILY_AR)
KUNYA_AR = _names(_KUNYA_AR)
LONG_FAMILY_AR = _names(_LONG_FAMILY_AR)
GIVEN_EN = _names(_GIVEN_EN)
FAMILY_EN = _names(_FAMILY_EN)
LINKS_EN = ("bin", "Abu", "Ben")

# Where Arabic news sets two names side by side, or a title before one: the places where a tagger
# that has not seen many takes two names for one, or the title into the name.
SLOTS = {
    "شخص": EntityType.PERSON,
    "منظمة": EntityType.ORGANIZATION,
    "مكان": EntityType.LOCATION,
}
_CLAUSES_AR = """
    استقبل {شخص} {شخص} في {مكان} .
    واستقبل {شخص} {شخص} والوفد المرافق له .
    والتقى {شخص} {شخص} على هامش القمة .
    وأقال {شخص} {شخص} من منصبه .
    وهنأ {شخص} {شخص} بفوزه في الانتخابات .
    وانتقد {شخص} {منظمة} بشدة .
    واتهم {شخص} {منظمة} بعرقلة الاتفاق .
    وزار {شخص} {مكان} الأسبوع الماضي .
    وغادر {شخص} {مكان} متوجها إلى {مكان} .
    ودعا {شخص} {منظمة} إلى ضبط النفس .
    وحمّل {شخص} {منظمة} المسؤولية .
    وطالبت {منظمة} {شخص} بالاستقالة .
    وقال القيادي {شخص} إن المفاوضات مستمرة .
    وقال القيادي في {منظمة} {شخص} إن الاتفاق قريب .
    وأعلن المتحدث باسم {منظمة} {شخص} رفض العرض .
    وأكد الناطق باسم {منظمة} {شخص} أن القصف توقف .
    وأضاف الشيخ {شخص} أن المعتقلين أُفرج عنهم .
    وأوضح النائب {شخص} أن الجلسة تأجلت .
    وأشار المحامي {شخص} إلى بطلان الحكم .
    وكتب الصحفي {شخص} أن الأزمة طويلة .
    وشدد وزير الخارجية {شخص} على وحدة الصف .
    وبحث رئيس الوزراء {شخص} مع نظيره {شخص} العلاقات بين {مكان} و{مكان} .
    وتوسطت {مكان} بين {منظمة} و{منظمة} .
    وحضر اللقاء {شخص} و{شخص} و{شخص} .
    وشارك في الاجتماع كل من {شخص} و{شخص} .
    والتقى الوفد {شخص} ثم {شخص} .
    ورد {شخص} على تصريحات {شخص} .
    ويرأس {شخص} {منظمة} منذ عامين .
    وخلف {شخص} {شخص} في رئاسة {منظمة} .
    وأرسل {شخص} برقية إلى {شخص} .
    وقُتل {شخص} في غارة على {مكان} .
    واعتقلت القوات {شخص} في {مكان} فجر اليوم .
"""
CLAUSES_AR = tuple(tuple(line.split()) for line in _CLAUSES_AR.strip().splitlines())
