/**
 * Made by scripts/emoji.ts from emojibase-data (see NOTICE). A line is an emoji, a `+` if it comes in skin tones, the names
 * that people type between colons, and behind `|` other words to find it by.
 */
export const EMOJI_ROWS = `
# smileys & emotion
😀 grinning|face cheerful cheery grin happy laugh nice smile smiling teeth
😃 smiley|grinning face with big eyes awesome grin happy mouth open smile smiling teeth yay
😄 smile|grinning face with smiling eyes eye grin happy laugh lol mouth open
😁 grin|beaming face with smiling eyes eye grinning happy nice smile teeth
😆 laughing satisfied|grinning squinting face closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅 sweat_smile|grinning face with cold dejected excited mouth nervous open smiling stress stressed
🤣 rofl rolling_on_the_floor_laughing|crying face funny haha happy hehe hilarious joy laugh lmao lol roflmao tear
😂 joy|face with tears of crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂 slightly_smiling_face|happy smile
🙃 upside_down_face|hehe smile upside-down
🫠 melting_face|disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉 wink|winking face flirt heartbreaker sexy slide tease winks
😊 blush|smiling face with eyes eye glad satisfied smile
😇 innocent|smiling face with halo angel angelic angels blessed fairy fairytale fantasy happy peaceful smile spirit tale
🥰 smiling_face_with_three_hearts smiling_face_with_3_hearts|adore crush heart ily love romance smile you
😍 heart_eyes|smiling face with 143 bae eye feels heart-eyes hearts ily kisses love romance romantic smile xoxo
🤩 star_struck star-struck grinning_face_with_star_eyes|excited smile starry-eyed wow
😘 kissing_heart|face blowing a kiss adorbs bae flirt ily love lover miss muah romantic smooch xoxo you
😗 kissing|face 143 date dating flirt ily kiss love smooch smooches xoxo you
☺️ relaxed|smiling face happy outlined smile
😚 kissing_closed_eyes|face with 143 bae blush date dating eye flirt ily kisses smooches xoxo
😙 kissing_smiling_eyes|face with 143 closed date dating eye flirt ily kiss kisses love night smile
🥲 smiling_face_with_tear|glad grateful happy joy pain proud relieved smile smiley touched
😋 yum|face savoring food delicious eat full hungry savor smile smiling tasty um yummy
😛 stuck_out_tongue|face with awesome cool nice party stuck-out sweet
😜 stuck_out_tongue_winking_eye|face with crazy epic funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪 zany_face grinning_face_with_one_large_and_one_small_eye|crazy eyes goofy
😝 stuck_out_tongue_closed_eyes|squinting face with eye gross horrible omg stuck-out taste whatever yolo
🤑 money_mouth_face|money-mouth paid
🤗 hugs hugging_face|smiling with open hands hug
🤭 hand_over_mouth face_with_hand_over_mouth smiling_face_with_smiling_eyes_and_hand_covering_mouth|giggle giggling oops realization secret shock sudden surprise whoops
🫢 face_with_open_eyes_and_hand_over_mouth|amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣 face_with_peeking_eye|captivated embarrass hide hiding peek peep scared shy stare
🤫 shushing_face face_with_finger_covering_closed_lips|quiet shh shush
🤔 thinking thinking_face|chin consider hmm ponder pondering wondering
🫡 saluting_face|good luck ma’am ok respect salute sir troops yes
🤐 zipper_mouth_face|keep quiet secret shut zip zipper-mouth
🤨 raised_eyebrow face_with_raised_eyebrow face_with_one_eyebrow_raised|disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐 neutral_face|awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑 expressionless|face awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶 no_mouth|face without awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥 dotted_line_face|depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️ face_in_clouds|absentminded fog head
😏 smirk|smirking face boss dapper flirt homie kidding leer shade slick sly smug snicker suave suspicious swag
😒 unamused|face ... bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄 roll_eyes face_with_rolling_eyes|eyeroll shade ugh whatever
😬 grimacing|face awk awkward dentist grimace grinning smile smiling
😮‍💨 face_exhaling|blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥 lying_face|liar lie pinocchio
🫨 shaking_face|crazy daze earthquake omg panic shock surprise vibrate whoa wow
🙂‍↔️ head_shaking_horizontally|no shake
🙂‍↕️ head_shaking_vertically|nod yes
😌 relieved|face calm peace relief zen
😔 pensive|face awful bored dejected died disappointed losing lost sad sucks
😪 sleepy|face crying good night sad sleep sleeping tired
🤤 drooling_face
😴 sleeping|face bed bedtime good goodnight nap night sleep tired whatever yawn zzz
🫩 face_with_bags_under_eyes|bored exhausted fatigued late sleepy tired weary
😷 mask|face with medical cold dentist dermatologist doctor dr germs medicine sick
🤒 face_with_thermometer|ill sick
🤕 face_with_head_bandage|head-bandage hurt injury ouch
🤢 nauseated_face|gross nasty sick vomit
🤮 vomiting_face face_vomiting face_with_open_mouth_vomiting|barf ew gross puke sick spew throw up vomit
🤧 sneezing_face|fever flu gesundheit sick sneeze
🥵 hot_face|dying feverish heat panting red-faced stroke sweating tongue
🥶 cold_face|blue blue-faced freezing frostbite icicles subzero teeth
🥴 woozy_face|dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵 dizzy_face|with crossed out eyes crossed-out dead feels knocked sick tired
😵‍💫 face_with_spiral_eyes|confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯 exploding_head shocked_face_with_exploding_head|blown explode mind mindblown no way
🤠 cowboy_hat_face face_with_cowboy_hat|cowgirl
🥳 partying_face|bday birthday celebrate celebration excited happy hat hooray horn party
🥸 disguised_face|disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎 sunglasses|smiling face with awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓 nerd_face|brainy clever expert geek gifted glasses intelligent smart
🧐 monocle_face face_with_monocle|classy fancy rich stuffy wealthy
😕 confused|face befuddled confusing dunno frown hm meh not sad sorry sure
🫤 face_with_diagonal_mouth|confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟 worried|face anxious butterflies nerves nervous sad stress stressed surprised worry
🙁 slightly_frowning_face|frown sad
☹️ frowning_face white_frowning_face|frown sad
😮 open_mouth|face with believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯 hushed|face epic omg stunned surprised whoa woah
😲 astonished|face cost no omg shocked totally way
😳 flushed|face amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🫪 distorted_face|anxiety bloated panic shocked surprised vulnerable
🥺 pleading_face|begging big eyes mercy not please pretty puppy sad why
🥹 face_holding_back_tears|admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦 frowning|face with open mouth caught frown guard scared scary surprise what wow
😧 anguished|face forgot scared scary stressed surprise unhappy what wow
😨 fearful|face afraid anxious blame fear scared worried
😰 cold_sweat|anxious face with blue eek mouth nervous open rushed scared yikes
😥 disappointed_relieved|sad but face anxious call close complicated not sweat time whew
😢 cry|crying face awful feels miss sad tear triste unhappy
😭 sob|loudly crying face bawling cry sad tear tears unhappy
😱 scream|face screaming in fear epic fearful munch scared screamer shocked surprised woah
😖 confounded|face annoyed confused cringe distraught feels frustrated mad sad
😣 persevere|persevering face concentrate concentration focus headache
😞 disappointed|face awful blame dejected fail losing sad unhappy
😓 sweat|downcast face with close cold feels headache nervous sad scared yikes
😩 weary|face crying fail feels hungry mad nooo sad sleepy tired unhappy
😫 tired_face|cost feels nap sad sneeze
🥱 yawning_face|bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤 triumph|face with steam from nose anger angry feels fume fuming furious fury mad unhappy won
😡 pout rage|enraged face anger angry feels mad maddening pouting red shade unhappy upset
😠 angry|face anger blame feels frustrated mad maddening rage shade unhappy upset
🤬 cursing_face face_with_symbols_on_mouth serious_face_with_symbols_covering_mouth|censor cussing mad pissed swearing
😈 smiling_imp|face with horns demon devil evil fairy fairytale fantasy purple shade smile tale
👿 imp|angry face with horns demon devil evil fairy fairytale fantasy mischievous purple shade tale
💀 skull|body dead death face fairy fairytale i’m lmao monster tale yolo
☠️ skull_and_crossbones|bone dead death face monster
💩 hankey poop shit|pile of poo bs comic doo dung face fml monster smelly smh stink stinks stinky turd
🤡 clown_face
👹 japanese_ogre|creature devil face fairy fairytale fantasy mask monster scary tale
👺 japanese_goblin|angry creature face fairy fairytale fantasy mask mean monster tale
👻 ghost|boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽 alien|creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾 space_invader|alien monster creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated tale ufo
🤖 robot robot_face|monster
😺 smiley_cat|grinning animal face mouth open smile smiling
😸 smile_cat|grinning with smiling eyes animal eye face grin
😹 joy_cat|with tears of animal face laugh laughing lol tear
😻 heart_eyes_cat|smiling with animal eye face heart-eyes love smile
😼 smirk_cat|with wry smile animal face ironic
😽 kissing_cat|animal closed eye eyes face kiss
🙀 scream_cat|weary animal face oh surprised
😿 crying_cat_face|animal cry sad tear
😾 pouting_cat|animal face
🙈 see_no_evil|monkey embarrassed face forbidden forgot gesture hide omg prohibited scared secret smh watch
🙉 hear_no_evil|monkey animal ears face forbidden gesture listen not prohibited secret shh tmi
🙊 speak_no_evil|monkey animal face forbidden gesture not oops prohibited quiet secret stealth
💌 love_letter|heart mail romance valentine
💘 cupid|heart with arrow 143 adorbs date emotion ily love romance valentine
💝 gift_heart|with ribbon 143 anniversary emotion ily kisses valentine xoxo
💖 sparkling_heart|143 emotion excited good ily kisses morning night sparkle xoxo
💗 heartpulse|growing heart 143 emotion excited ily kisses muah nervous pulse xoxo
💓 heartbeat|beating heart 143 cardio emotion ily love pulsating pulse
💞 revolving_hearts|143 adorbs anniversary emotion heart
💕 two_hearts|143 anniversary date dating emotion heart ily kisses love loving xoxo
💟 heart_decoration|143 emotion hearth purple white
❣️ heavy_heart_exclamation heavy_heart_exclamation_mark_ornament|punctuation
💔 broken_heart|break crushed emotion heartbroken lonely sad
❤️‍🔥 heart_on_fire|burn love lust sacred
❤️‍🩹 mending_heart|healthier improving recovering recuperating well
❤️ heart|red emotion love
🩷 pink_heart|143 adorable cute emotion ily like love special sweet
🧡 orange_heart|143
💛 yellow_heart|143 cardiac emotion ily love
💚 green_heart|143 emotion ily love romantic
💙 blue_heart|143 emotion ily love romance
🩵 light_blue_heart|143 cute cyan emotion ily like love sky special teal
💜 purple_heart|143 bestest emotion ily love
🤎 brown_heart|143
🖤 black_heart|evil wicked
🩶 grey_heart|143 emotion gray ily love silver slate special
🤍 white_heart|143
💋 kiss|mark dating emotion heart kissing lips romance sexy
💯 100|hundred points a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢 anger|symbol angry comic mad upset
🫯 fight_cloud|argument brawl debate disagreement ruckus wrestle
💥 boom collision|bomb collide comic explode
💫 dizzy|comic shining shooting star stars
💦 sweat_drops|droplets comic drip droplet splashing squirt water wet work workout
💨 dash|dashing away cloud comic fart fast go gone gotta running smoke
🕳️ hole
💬 speech_balloon|bubble comic dialog message sms talk text typing
👁️‍🗨️ eye_speech_bubble eye-in-speech-bubble|balloon witness
🗨️ left_speech_bubble|balloon dialog
🗯️ right_anger_bubble|angry balloon mad
💭 thought_balloon|bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤 zzz|comic good goodnight night sleep sleeping sleepy tired
# people & body
👋+ wave|waving hand bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl yo you
🤚+ raised_back_of_hand|backhand
🖐️+ raised_hand_with_fingers_splayed|finger stop
✋+ hand raised_hand|5 five high stop
🖖+ vulcan_salute spock-hand|finger hands
🫱+ rightwards_hand|handshake hold reach right rightward shake
🫲+ leftwards_hand|handshake hold left leftward reach shake
🫳+ palm_down_hand|dismiss drop dropped pick shoo up
🫴+ palm_up_hand|beckon catch come hold know lift me offer tell
🫷+ leftwards_pushing_hand|block five halt high hold leftward pause push refuse slap stop wait
🫸+ rightwards_pushing_hand|block five halt high hold pause push refuse rightward slap stop wait
👌+ ok_hand|awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌+ pinched_fingers|gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏+ pinching_hand|amount bit fingers little small sort
✌️+ v|victory hand peace
🤞+ crossed_fingers hand_with_index_and_middle_fingers_crossed|cross finger luck
🫰+ hand_with_index_finger_and_thumb_crossed|<3 expensive heart love money snap
🤟+ love_you_gesture i_love_you_hand_sign|fingers ily love-you three
🤘+ metal the_horns sign_of_the_horns|finger hand rock-on
🤙+ call_me_hand|hang loose shaka
👈+ point_left|backhand index pointing finger hand
👉+ point_right|backhand index pointing finger hand
👆+ point_up_2|backhand index pointing finger hand
🖕+ fu middle_finger reversed_hand_with_middle_finger_extended
👇+ point_down|backhand index pointing finger hand
☝️+ point_up|index pointing finger hand this
🫵+ index_pointing_at_the_viewer|finger hand poke you
👍+ +1 thumbsup|thumbs up good hand like thumb yes
👎+ -1 thumbsdown|thumbs down -1 bad dislike good hand no nope thumb
✊+ fist fist_raised|clenched hand punch solidarity
👊+ facepunch fist_oncoming punch|absolutely agree boom bro bruh bump clenched correct hand knuckle pound rock ttyl
🤛+ fist_left left-facing_fist|left-facing leftwards
🤜+ fist_right right-facing_fist|right-facing rightwards
👏+ clap|clapping hands applause approval awesome congrats congratulations excited good great hand homie job nice prayed well yay
🙌+ raised_hands|raising celebration gesture hand hooray praise
🫶+ heart_hands|<3 love you
👐+ open_hands|hand hug jazz swerve
🤲+ palms_up_together|cupped dua hands pray prayer wish
🤝+ handshake|agreement deal hand meeting shake
🙏+ pray|folded hands appreciate ask beg blessed bow cmon five gesture hand high please thanks thx
✍️+ writing_hand|write
💅+ nail_care|polish bored cosmetics done makeup manicure whatever
🤳+ selfie|camera phone
💪+ muscle|flexed biceps arm beast bench bodybuilder bro curls flex gains gym jacked press ripped strong weightlift
🦾 mechanical_arm|accessibility prosthetic
🦿 mechanical_leg|accessibility prosthetic
🦵+ leg|bent foot kick knee limb
🦶+ foot|ankle feet kick stomp
👂+ ear|body ears hear hearing listen listening sound
🦻+ ear_with_hearing_aid|accessibility hard
👃+ nose|body noses nosey odor smell smells
🧠 brain|intelligent smart
🫀 anatomical_heart|beat cardiology heartbeat organ pulse real red
🫁 lungs|breath breathe exhalation inhalation lung organ respiration
🦷 tooth|dentist pearly teeth white
🦴 bone|bones dog skeleton wishbone
👀 eyes|body eye face googly look looking omg peep see seeing
👁️ eye|1 body one
👅 tongue|body lick slurp
👄 lips|mouth beauty body kiss kissing lipstick
🫦 biting_lip|anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶+ baby|babies children goo infant newborn pregnant young
🧒+ child|bright-eyed grandchild kid young younger
👦+ boy|bright-eyed child grandson kid son young younger
👧+ girl|bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑+ adult|person
👱+ blond_haired_person person_with_blond_hair|blond-haired human
👨+ man|adult bro
🧔+ bearded_person|beard whiskers
🧔‍♂️+ man_beard man_with_beard|bearded whiskers
🧔‍♀️+ woman_beard woman_with_beard|bearded whiskers
👨‍🦰+ red_haired_man|hair adult bro red hair
👨‍🦱+ curly_haired_man|hair adult bro curly hair
👨‍🦳+ white_haired_man|hair adult bro white hair
👨‍🦲+ bald_man|adult bro
👩+ woman|adult lady
👩‍🦰+ red_haired_woman|hair adult lady red hair
🧑‍🦰+ person_red_hair red_haired_person|adult red hair
👩‍🦱+ curly_haired_woman|hair adult curly hair lady
🧑‍🦱+ person_curly_hair curly_haired_person|adult curly hair
👩‍🦳+ white_haired_woman|hair adult lady white hair
🧑‍🦳+ person_white_hair white_haired_person|adult white hair
👩‍🦲+ bald_woman|adult lady
🧑‍🦲+ person_bald bald_person|adult
👱‍♀️+ blond_haired_woman blonde_woman blond-haired-woman|hair blond-haired
👱‍♂️+ blond_haired_man blond-haired-man|hair blond-haired
🧓+ older_adult|person elderly grandparent old wise
👴+ older_man|old adult bald elderly gramps grandfather grandpa wise
👵+ older_woman|old adult elderly grandma grandmother granny lady wise
🙍+ frowning_person person_frowning|annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️+ frowning_man man-frowning|annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️+ frowning_woman woman-frowning|annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎+ pouting_face person_with_pouting_face|disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️+ pouting_man man-pouting|disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️+ pouting_woman woman-pouting|disappointed downtrodden frown grimace scowl sulk upset whine
🙅+ no_good|person gesturing forbidden gesture hand not prohibit
🙅‍♂️+ ng_man no_good_man man-gesturing-no|forbidden gesture hand not prohibit
🙅‍♀️+ ng_woman no_good_woman woman-gesturing-no|forbidden gesture hand not prohibit
🙆+ ok_person ok_woman|gesturing exercise gesture hand omg
🙆‍♂️+ ok_man man-gesturing-ok|exercise gesture hand omg
🙆‍♀️+ woman-gesturing-ok|exercise gesture hand omg
💁+ information_desk_person tipping_hand_person|fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️+ sassy_man tipping_hand_man man-tipping-hand|fetch flick flip gossip sarcasm sarcastic seriously whatever
💁‍♀️+ sassy_woman tipping_hand_woman woman-tipping-hand|fetch flick flip gossip sarcasm sarcastic seriously whatever
🙋+ raising_hand|person gesture here know me pick question raise
🙋‍♂️+ raising_hand_man man-raising-hand|gesture here know me pick question raise
🙋‍♀️+ raising_hand_woman woman-raising-hand|gesture here know me pick question raise
🧏+ deaf_person|accessibility ear gesture hear
🧏‍♂️+ deaf_man|accessibility ear gesture hear
🧏‍♀️+ deaf_woman|accessibility ear gesture hear
🙇+ bow|person bowing apology ask beg favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️+ bowing_man man-bowing|apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️+ bowing_woman woman-bowing|apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦+ facepalm face_palm|person facepalming again bewilder disbelief exasperation no not oh omg shock smh
🤦‍♂️+ man_facepalming man-facepalming|again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️+ woman_facepalming woman-facepalming|again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷+ shrug|person shrugging doubt dunno guess idk ignorance indifference knows maybe whatever who
🤷‍♂️+ man_shrugging man-shrugging|doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️+ woman_shrugging woman-shrugging|doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️+ health_worker|doctor healthcare nurse therapist
👨‍⚕️+ man_health_worker male-doctor|healthcare nurse therapist
👩‍⚕️+ woman_health_worker female-doctor|healthcare nurse therapist
🧑‍🎓+ student|graduate
👨‍🎓+ man_student male-student|graduate
👩‍🎓+ woman_student female-student|graduate
🧑‍🏫+ teacher|instructor lecturer professor
👨‍🏫+ man_teacher male-teacher|instructor lecturer professor
👩‍🏫+ woman_teacher female-teacher|instructor lecturer professor
🧑‍⚖️+ judge|justice law scales
👨‍⚖️+ man_judge male-judge|justice law scales
👩‍⚖️+ woman_judge female-judge|justice law scales
🧑‍🌾+ farmer|gardener rancher
👨‍🌾+ man_farmer male-farmer|gardener rancher
👩‍🌾+ woman_farmer female-farmer|gardener rancher
🧑‍🍳+ cook|chef
👨‍🍳+ man_cook male-cook|chef
👩‍🍳+ woman_cook female-cook|chef
🧑‍🔧+ mechanic|electrician plumber tradesperson
👨‍🔧+ man_mechanic male-mechanic|electrician plumber tradesperson
👩‍🔧+ woman_mechanic female-mechanic|electrician plumber tradesperson
🧑‍🏭+ factory_worker|assembly industrial
👨‍🏭+ man_factory_worker male-factory-worker|assembly industrial
👩‍🏭+ woman_factory_worker female-factory-worker|assembly industrial
🧑‍💼+ office_worker|architect business manager white-collar
👨‍💼+ man_office_worker male-office-worker|architect business manager white-collar
👩‍💼+ woman_office_worker female-office-worker|architect business manager white-collar
🧑‍🔬+ scientist|biologist chemist engineer mathematician physicist
👨‍🔬+ man_scientist male-scientist|biologist chemist engineer mathematician physicist
👩‍🔬+ woman_scientist female-scientist|biologist chemist engineer mathematician physicist
🧑‍💻+ technologist|coder computer developer inventor software
👨‍💻+ man_technologist male-technologist|coder computer developer inventor software
👩‍💻+ woman_technologist female-technologist|coder computer developer inventor software
🧑‍🎤+ singer|actor entertainer rock rockstar star
👨‍🎤+ man_singer male-singer|actor entertainer rock rockstar star
👩‍🎤+ woman_singer female-singer|actor entertainer rock rockstar star
🧑‍🎨+ artist|palette
👨‍🎨+ man_artist male-artist|palette
👩‍🎨+ woman_artist female-artist|palette
🧑‍✈️+ pilot|plane
👨‍✈️+ man_pilot male-pilot|plane
👩‍✈️+ woman_pilot female-pilot|plane
🧑‍🚀+ astronaut|rocket space
👨‍🚀+ man_astronaut male-astronaut|rocket space
👩‍🚀+ woman_astronaut female-astronaut|rocket space
🧑‍🚒+ firefighter|fire firetruck
👨‍🚒+ man_firefighter male-firefighter|fire firetruck
👩‍🚒+ woman_firefighter female-firefighter|fire firetruck
👮+ cop police_officer|apprehend arrest citation law over pulled undercover
👮‍♂️+ policeman male-police-officer|man apprehend arrest citation cop law over pulled undercover
👮‍♀️+ policewoman female-police-officer|woman apprehend arrest citation cop law over pulled undercover
🕵️+ detective sleuth_or_spy
🕵️‍♂️+ male_detective male-detective|man sleuth spy
🕵️‍♀️+ female_detective female-detective|woman sleuth spy
💂+ guard guardsman|buckingham helmet london palace
💂‍♂️+ male-guard|man buckingham helmet london palace
💂‍♀️+ guardswoman female-guard|woman buckingham helmet london palace
🥷+ ninja|assassin fight fighter hidden person secret skills sly soldier stealth war
👷+ construction_worker|build fix hardhat hat man person rebuild remodel repair work
👷‍♂️+ construction_worker_man male-construction-worker|build fix hardhat hat rebuild remodel repair work
👷‍♀️+ construction_worker_woman female-construction-worker|build fix hardhat hat man rebuild remodel repair work
🫅+ person_with_crown|monarch noble regal royal royalty
🤴+ prince|crown fairy fairytale fantasy king royal royalty tale
👸+ princess|crown fairy fairytale fantasy queen royal royalty tale
👳+ person_with_turban man_with_turban|wearing
👳‍♂️+ man-wearing-turban
👳‍♀️+ woman_with_turban woman-wearing-turban
👲+ man_with_gua_pi_mao|person skullcap cap chinese guapi hat
🧕+ woman_with_headscarf person_with_headscarf|bandana head hijab kerchief mantilla tichel
🤵+ person_in_tuxedo|formal wedding
🤵‍♂️+ man_in_tuxedo|formal groom wedding
🤵‍♀️+ woman_in_tuxedo|formal wedding
👰+ person_with_veil bride_with_veil|wedding
👰‍♂️+ man_with_veil|wedding
👰‍♀️+ woman_with_veil|bride wedding
🤰+ pregnant_woman
🫃+ pregnant_man|belly bloated full overeat
🫄+ pregnant_person|belly bloated full overeat stuffed
🤱+ breast_feeding breast-feeding|baby mom mother nursing woman
👩‍🍼+ woman_feeding_baby|feed mom mother nanny newborn nursing
👨‍🍼+ man_feeding_baby|dad father feed nanny newborn nursing
🧑‍🍼+ person_feeding_baby|feed nanny newborn nursing parent
👼+ angel|baby church face fairy fairytale fantasy tale
🎅+ santa|claus celebration christmas fairy fantasy father holiday merry tale xmas
🤶+ mrs_claus mother_christmas|celebration fairy fantasy holiday merry santa tale xmas
🧑‍🎄+ mx_claus|celebration christmas fairy fantasy holiday merry santa tale xmas
🦸+ superhero|good hero superpower
🦸‍♂️+ superhero_man male_superhero|good hero superpower
🦸‍♀️+ superhero_woman female_superhero|good hero heroine superpower
🦹+ supervillain|bad criminal evil superpower villain
🦹‍♂️+ supervillain_man male_supervillain|bad criminal evil superpower villain
🦹‍♀️+ supervillain_woman female_supervillain|bad criminal evil superpower villain
🧙+ mage|fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️+ mage_man male_mage|fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️+ mage_woman female_mage|fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚+ fairy|fairytale fantasy myth person pixie tale wings
🧚‍♂️+ fairy_man male_fairy|fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️+ fairy_woman female_fairy|fairytale fantasy myth person pixie tale titania wings
🧛+ vampire|blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️+ vampire_man male_vampire|blood fangs halloween scary supernatural teeth undead
🧛‍♀️+ vampire_woman female_vampire|blood fangs halloween scary supernatural teeth undead
🧜+ merperson|creature fairytale folklore ocean sea siren trident
🧜‍♂️+ merman|creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️+ mermaid|creature fairytale folklore merwoman ocean sea siren trident
🧝+ elf|elves enchantment fantasy folklore magic magical myth
🧝‍♂️+ elf_man male_elf|elves enchantment fantasy folklore magic magical myth
🧝‍♀️+ elf_woman female_elf|elves enchantment fantasy folklore magic magical myth
🧞 genie|djinn fantasy jinn lamp myth rub wishes
🧞‍♂️ genie_man male_genie|djinn fantasy jinn lamp myth rub wishes
🧞‍♀️ genie_woman female_genie|djinn fantasy jinn lamp myth rub wishes
🧟 zombie|apocalypse dead halloween horror scary undead walking
🧟‍♂️ zombie_man male_zombie|apocalypse dead halloween horror scary undead walking
🧟‍♀️ zombie_woman female_zombie|apocalypse dead halloween horror scary undead walking
🧌 troll|fairy fantasy monster tale trolling
🫈 hairy_creature|bigfoot cryptid forest giant sasquatch woodwose yeti
💆+ massage|person getting face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️+ massage_man man-getting-massage|face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️+ massage_woman woman-getting-massage|face headache relax relaxing salon soothe spa tension therapy treatment
💇+ haircut|person getting barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️+ haircut_man man-getting-haircut|barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️+ haircut_woman woman-getting-haircut|barber beauty chop cosmetology cut groom hair parlor person shears style
🚶+ walking|person amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️+ walking_man man-walking|amble gait hike pace pedestrian stride stroll walk
🚶‍♀️+ walking_woman woman-walking|amble gait hike man pace pedestrian stride stroll walk
🚶‍➡️+ person_walking_facing_right|amble gait hike man pace pedestrian stride stroll walk
🚶‍♀️‍➡️+ woman_walking_facing_right|amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️‍➡️+ man_walking_facing_right|amble gait hike pace pedestrian stride stroll walk
🧍+ standing_person|stand
🧍‍♂️+ standing_man man_standing|stand
🧍‍♀️+ standing_woman woman_standing|stand
🧎+ kneeling_person|kneel knees
🧎‍♂️+ kneeling_man man_kneeling|kneel knees
🧎‍♀️+ kneeling_woman woman_kneeling|kneel knees
🧎‍➡️+ person_kneeling_facing_right|kneel knees
🧎‍♀️‍➡️+ woman_kneeling_facing_right|kneel knees
🧎‍♂️‍➡️+ man_kneeling_facing_right|kneel knees
🧑‍🦯+ person_with_probing_cane|white accessibility blind
🧑‍🦯‍➡️+ person_with_white_cane_facing_right|accessibility blind probing
👨‍🦯+ man_with_probing_cane|white accessibility blind
👨‍🦯‍➡️+ man_with_white_cane_facing_right|accessibility blind probing
👩‍🦯+ woman_with_probing_cane|white accessibility blind
👩‍🦯‍➡️+ woman_with_white_cane_facing_right|accessibility blind probing
🧑‍🦼+ person_in_motorized_wheelchair|accessibility
🧑‍🦼‍➡️+ person_in_motorized_wheelchair_facing_right|accessibility
👨‍🦼+ man_in_motorized_wheelchair|accessibility
👨‍🦼‍➡️+ man_in_motorized_wheelchair_facing_right|accessibility
👩‍🦼+ woman_in_motorized_wheelchair|accessibility
👩‍🦼‍➡️+ woman_in_motorized_wheelchair_facing_right|accessibility
🧑‍🦽+ person_in_manual_wheelchair|accessibility
🧑‍🦽‍➡️+ person_in_manual_wheelchair_facing_right|accessibility
👨‍🦽+ man_in_manual_wheelchair|accessibility
👨‍🦽‍➡️+ man_in_manual_wheelchair_facing_right|accessibility
👩‍🦽+ woman_in_manual_wheelchair|accessibility
👩‍🦽‍➡️+ woman_in_manual_wheelchair_facing_right|accessibility
🏃+ runner running|person fast hurry marathon move quick race racing run rush speed
🏃‍♂️+ running_man man-running|fast hurry marathon move quick race racing run rush speed
🏃‍♀️+ running_woman woman-running|fast hurry marathon move quick race racing run rush speed
🏃‍➡️+ person_running_facing_right|fast hurry marathon move quick race racing run rush speed
🏃‍♀️‍➡️+ woman_running_facing_right|fast hurry marathon move quick race racing run rush speed
🏃‍♂️‍➡️+ man_running_facing_right|fast hurry marathon move quick race racing run rush speed
🧑‍🩰+ ballet_dancer
💃+ dancer woman_dancing|dance elegant festive flair flamenco groove let’s salsa tango
🕺+ man_dancing|dance dancer elegant festive flair flamenco groove let’s salsa tango
🕴️+ business_suit_levitating man_in_business_suit_levitating|person
👯+ dancers|people with bunny ears bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies
👯‍♂️+ dancing_men men-with-bunny-ears-partying man-with-bunny-ears-partying|bestie bff counterpart dancer double ear identical pair party people soulmate twin twinsies
👯‍♀️+ dancing_women women-with-bunny-ears-partying woman-with-bunny-ears-partying|bestie bff counterpart dancer double ear identical pair party people soulmate twin twinsies
🧖+ sauna_person person_in_steamy_room|day luxurious pamper relax spa steam steambath unwind
🧖‍♂️+ sauna_man man_in_steamy_room|day luxurious pamper relax spa steam steambath unwind
🧖‍♀️+ sauna_woman woman_in_steamy_room|day luxurious pamper relax spa steam steambath unwind
🧗+ climbing person_climbing|climb climber mountain rock scale up
🧗‍♂️+ climbing_man man_climbing|climb climber mountain rock scale up
🧗‍♀️+ climbing_woman woman_climbing|climb climber mountain rock scale up
🤺 person_fencing fencer|sword
🏇+ horse_racing|jockey racehorse riding sport
⛷️ skier|ski snow
🏂+ snowboarder|ski snow snowboard sport
🏌️+ golfing golfer|person ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️+ golfing_man man-golfing|ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️+ golfing_woman woman-golfing|ball birdie caddy driving golf green pga putt range tee
🏄+ surfer|person surfing beach ocean sport surf swell waves
🏄‍♂️+ surfing_man man-surfing|beach ocean sport surf surfer swell waves
🏄‍♀️+ surfing_woman woman-surfing|beach ocean person sport surf surfer swell waves
🚣+ rowboat|person rowing boat canoe cruise fishing lake oar paddle raft river row
🚣‍♂️+ rowing_man man-rowing-boat|canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️+ rowing_woman woman-rowing-boat|canoe cruise fishing lake oar paddle raft river row rowboat
🏊+ swimmer|person swimming freestyle sport swim triathlon
🏊‍♂️+ swimming_man man-swimming|freestyle sport swim swimmer triathlon
🏊‍♀️+ swimming_woman woman-swimming|freestyle man sport swim swimmer triathlon
⛹️+ bouncing_ball_person person_with_ball|athletic basketball championship dribble net player throw
⛹️‍♂️+ basketball_man bouncing_ball_man man-bouncing-ball|athletic championship dribble net player throw
⛹️‍♀️+ basketball_woman bouncing_ball_woman woman-bouncing-ball|athletic championship dribble net player throw
🏋️+ weight_lifting weight_lifter|person weights barbell bodybuilder deadlift powerlifting weightlifter workout
🏋️‍♂️+ weight_lifting_man man-lifting-weights|barbell bodybuilder deadlift lifter powerlifting weightlifter workout
🏋️‍♀️+ weight_lifting_woman woman-lifting-weights|barbell bodybuilder deadlift lifter powerlifting weightlifter workout
🚴+ bicyclist|person biking bicycle bike cycle cyclist riding sport
🚴‍♂️+ biking_man man-biking|bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️+ biking_woman woman-biking|bicycle bicyclist bike cycle cyclist riding sport
🚵+ mountain_bicyclist|person biking bicycle bike cycle cyclist riding sport
🚵‍♂️+ mountain_biking_man man-mountain-biking|bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️+ mountain_biking_woman woman-mountain-biking|bicycle bicyclist bike cycle cyclist riding sport
🤸+ cartwheeling person_doing_cartwheel|active excited flip gymnastics happy somersault
🤸‍♂️+ man_cartwheeling man-cartwheeling|active cartwheel excited flip gymnastics happy somersault
🤸‍♀️+ woman_cartwheeling woman-cartwheeling|active cartwheel excited flip gymnastics happy somersault
🤼+ wrestling wrestlers|people combat duel grapple ring tournament wrestle
🤼‍♂️+ men_wrestling man-wrestling|combat duel grapple ring tournament wrestle
🤼‍♀️+ women_wrestling woman-wrestling|combat duel grapple ring tournament wrestle
🤽+ water_polo|person playing sport swimming waterpolo
🤽‍♂️+ man_playing_water_polo man-playing-water-polo|sport swimming waterpolo
🤽‍♀️+ woman_playing_water_polo woman-playing-water-polo|sport swimming waterpolo
🤾+ handball_person handball|playing athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️+ man_playing_handball man-playing-handball|athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️+ woman_playing_handball woman-playing-handball|athletics ball catch chuck hurl lob pitch sport throw toss
🤹+ juggling_person juggling|act balance balancing handle juggle manage multitask skill
🤹‍♂️+ man_juggling man-juggling|act balance balancing handle juggle manage multitask skill
🤹‍♀️+ woman_juggling woman-juggling|act balance balancing handle juggle manage multitask skill
🧘+ lotus_position person_in_lotus_position|cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️+ lotus_position_man man_in_lotus_position|cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️+ lotus_position_woman woman_in_lotus_position|cross legged legs meditation peace relax serenity yoga yogi zen
🛀+ bath|person taking bathtub tub
🛌+ sleeping_bed sleeping_accommodation|person in bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑+ people_holding_hands|bae bestie bff couple dating flirt friends hand hold twins
👭+ two_women_holding_hands women_holding_hands|bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫+ couple man_and_woman_holding_hands woman_and_man_holding_hands|bae bestie bff dating flirt friends hand hold twins
👬+ two_men_holding_hands men_holding_hands|bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏+ couplekiss|kiss anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👨+ couplekiss_man_woman woman-kiss-man|anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨+ couplekiss_man_man man-kiss-man|anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩+ couplekiss_woman_woman woman-kiss-woman|anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑+ couple_with_heart|anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👨+ couple_with_heart_woman_man woman-heart-man|anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨+ couple_with_heart_man_man man-heart-man|anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩+ couple_with_heart_woman_woman woman-heart-woman|anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦 family_man_woman_boy man-woman-boy|child
👨‍👩‍👧 family_man_woman_girl man-woman-girl|child
👨‍👩‍👧‍👦 family_man_woman_girl_boy man-woman-girl-boy|child
👨‍👩‍👦‍👦 family_man_woman_boy_boy man-woman-boy-boy|child
👨‍👩‍👧‍👧 family_man_woman_girl_girl man-woman-girl-girl|child
👨‍👨‍👦 family_man_man_boy man-man-boy|child
👨‍👨‍👧 family_man_man_girl man-man-girl|child
👨‍👨‍👧‍👦 family_man_man_girl_boy man-man-girl-boy|child
👨‍👨‍👦‍👦 family_man_man_boy_boy man-man-boy-boy|child
👨‍👨‍👧‍👧 family_man_man_girl_girl man-man-girl-girl|child
👩‍👩‍👦 family_woman_woman_boy woman-woman-boy|child
👩‍👩‍👧 family_woman_woman_girl woman-woman-girl|child
👩‍👩‍👧‍👦 family_woman_woman_girl_boy woman-woman-girl-boy|child
👩‍👩‍👦‍👦 family_woman_woman_boy_boy woman-woman-boy-boy|child
👩‍👩‍👧‍👧 family_woman_woman_girl_girl woman-woman-girl-girl|child
👨‍👦 family_man_boy man-boy|child
👨‍👦‍👦 family_man_boy_boy man-boy-boy|child
👨‍👧 family_man_girl man-girl|child
👨‍👧‍👦 family_man_girl_boy man-girl-boy|child
👨‍👧‍👧 family_man_girl_girl man-girl-girl|child
👩‍👦 family_woman_boy woman-boy|child
👩‍👦‍👦 family_woman_boy_boy woman-boy-boy|child
👩‍👧 family_woman_girl woman-girl|child
👩‍👧‍👦 family_woman_girl_boy woman-girl-boy|child
👩‍👧‍👧 family_woman_girl_girl woman-girl-girl|child
🗣️ speaking_head speaking_head_in_silhouette|face speak
👤 bust_in_silhouette|mysterious shadow
👥 busts_in_silhouette|bff bust everyone friend friends people
🫂 people_hugging|comfort embrace farewell friendship goodbye hello hug love thanks
👪 family|child
🧑‍🧑‍🧒 family_adult_adult_child
🧑‍🧑‍🧒‍🧒 family_adult_adult_child_child
🧑‍🧒 family_adult_child
🧑‍🧒‍🧒 family_adult_child_child
👣 footprints|barefoot clothing footprint omw print walk
🫆 fingerprint|clue crime detective forensics identity mystery print safety trace
# animals & nature
🐵 monkey_face|animal banana
🐒 monkey|animal banana
🦍 gorilla|animal
🦧 orangutan|animal ape monkey
🐶 dog|face adorbs animal pet puppies puppy
🐕 dog2|dog animal animals dogs pet
🦮 guide_dog|accessibility animal blind
🐕‍🦺 service_dog|accessibility animal assistance
🐩 poodle|animal dog fluffy
🐺 wolf|animal face
🦊 fox_face|animal
🦝 raccoon|animal curious sly
🐱 cat|face animal kitten kitty pet
🐈 cat2|cat animal animals cats kitten pet
🐈‍⬛ black_cat|animal feline halloween meow unlucky
🦁 lion lion_face|alpha animal leo mane order rawr roar safari strong zodiac
🐯 tiger|face animal big cat predator
🐅 tiger2|tiger animal big cat predator zoo
🐆 leopard|animal big cat predator zoo
🐴 horse|face animal dressage equine farm horses
🫎 moose|alces animal antlers elk mammal
🫏 donkey|animal ass burro hinny mammal mule stubborn
🐎 racehorse|horse animal equestrian farm racing
🦄 unicorn unicorn_face
🦓 zebra zebra_face|animal stripe
🦌 deer|animal
🦬 bison|animal buffalo herd wisent
🐮 cow|face animal farm milk moo
🐂 ox|animal animals bull farm taurus zodiac
🐃 water_buffalo|animal zoo
🐄 cow2|cow animal animals farm milk moo
🐷 pig|face animal bacon farm pork
🐖 pig2|pig animal bacon farm pork sow
🐗 boar|animal pig
🐽 pig_nose|animal face farm smell snout
🐏 ram|animal aries horns male sheep zodiac zoo
🐑 sheep|ewe animal baa farm female fluffy lamb wool
🐐 goat|animal capricorn farm milk zodiac
🐪 dromedary_camel|animal desert hump one
🐫 camel|two hump animal bactrian desert two-hump
🦙 llama|alpaca animal guanaco vicuña wool
🦒 giraffe giraffe_face|animal spots
🐘 elephant|animal
🦣 mammoth|animal extinction large tusk wooly
🦏 rhinoceros|animal
🦛 hippopotamus|animal hippo
🐭 mouse|face animal
🐁 mouse2|mouse animal animals
🐀 rat|animal
🐹 hamster|animal face pet
🐰 rabbit|face animal bunny pet
🐇 rabbit2|rabbit animal bunny pet
🐿️ chipmunk|animal squirrel
🦫 beaver|animal dam teeth
🦔 hedgehog|animal spiny
🦇 bat|animal vampire
🐻 bear|animal face grizzly growl honey
🐻‍❄️ polar_bear|animal arctic white
🐨 koala|animal australia bear down face marsupial under
🐼 panda_face|animal bamboo
🦥 sloth|lazy slow
🦦 otter|animal fishing playful
🦨 skunk|animal stink
🦘 kangaroo|animal joey jump marsupial
🦡 badger|animal honey pester
🐾 feet paw_prints|paws print
🦃 turkey|bird gobble thanksgiving
🐔 chicken|animal bird ornithology
🐓 rooster|animal bird ornithology
🐣 hatching_chick|animal baby bird egg
🐤 baby_chick|animal bird ornithology
🐥 hatched_chick|front facing baby animal bird front-facing newborn ornithology
🐦 bird|animal ornithology
🐧 penguin|animal antarctica bird ornithology
🕊️ dove dove_of_peace|bird fly ornithology
🦅 eagle|animal bird ornithology
🦆 duck|animal bird ornithology
🦢 swan|animal bird cygnet duckling ornithology ugly
🦉 owl|animal bird ornithology wise
🦤 dodo|animal bird extinction large ornithology
🪶 feather|bird flight light plumage
🦩 flamingo|animal bird flamboyant ornithology tropical
🦚 peacock|animal bird colorful ornithology ostentatious peahen pretty proud
🦜 parrot|animal bird ornithology pirate talk
🪽 wing|angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛ black_bird|animal beak caw corvid crow ornithology raven rook
🪿 goose|animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐦‍🔥 phoenix|ascend ascension emerge fantasy firebird glory immortal rebirth reincarnation reinvent renewal revival revive rise transform
🐸 frog|animal face
🐊 crocodile|animal zoo
🐢 turtle|animal terrapin tortoise
🦎 lizard|animal reptile
🐍 snake|animal bearer ophiuchus serpent zodiac
🐲 dragon_face|animal fairy fairytale tale
🐉 dragon|animal fairy fairytale knights tale
🦕 sauropod|brachiosaurus brontosaurus dinosaur diplodocus
🦖 t-rex|dinosaur t-rex tyrannosaurus
🐳 whale|spouting animal beach face ocean
🐋 whale2|whale animal beach ocean
🐬 dolphin flipper|animal beach ocean
🫍 orca|marine ocean whale
🦭 seal|animal lion ocean sea
🐟 fish|animal dinner fishes fishing pisces zodiac
🐠 tropical_fish|animal fishes
🐡 blowfish|animal fish
🦈 shark|animal fish
🐙 octopus|animal creature ocean
🐚 shell|spiral animal beach conch sea
🪸 coral|change climate ocean reef sea
🪼 jellyfish|animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀 crab|cancer zodiac
🦞 lobster|animal bisque claws seafood
🦐 shrimp|food shellfish small
🦑 squid|animal food mollusk
🦪 oyster|diving pearl
🐌 snail|animal escargot garden nature slug
🦋 butterfly|insect pretty
🐛 bug|animal garden insect
🐜 ant|animal garden insect
🐝 bee honeybee|animal bumblebee honey insect nature spring
🪲 beetle|animal bug insect
🐞 lady_beetle ladybug|animal garden insect ladybird nature
🦗 cricket|animal bug grasshopper insect orthoptera
🪳 cockroach|animal insect pest roach
🕷️ spider|animal insect
🕸️ spider_web
🦂 scorpion|scorpio scorpius zodiac
🦟 mosquito|bite disease fever insect malaria pest virus
🪰 fly|animal disease insect maggot pest rotting
🪱 worm|animal annelid earthworm parasite
🦠 microbe|amoeba bacteria science virus
💐 bouquet|anniversary birthday date flower love plant romance
🌸 cherry_blossom|flower plant spring springtime
💮 white_flower
🪷 lotus|beauty buddhism calm flower hinduism peace purity serenity
🏵️ rosette|plant
🌹 rose|beauty elegant flower love plant red valentine
🥀 wilted_flower|dying
🌺 hibiscus|flower plant
🌻 sunflower|flower outdoors plant sun
🌼 blossom|buttercup dandelion flower plant
🌷 tulip|blossom flower growth plant
🪻 hyacinth|bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱 seedling|plant sapling sprout young
🪴 potted_plant|decor grow house nurturing pot
🌲 evergreen_tree|christmas forest pine
🌳 deciduous_tree|forest green habitat shedding
🌴 palm_tree|beach plant tropical
🌵 cactus|desert drought nature plant
🌾 ear_of_rice|sheaf grain grains plant
🌿 herb|leaf plant
☘️ shamrock|irish plant
🍀 four_leaf_clover|4 four-leaf irish lucky plant
🍁 maple_leaf|falling
🍂 fallen_leaf|autumn fall falling
🍃 leaves|leaf fluttering in wind blow flutter
🪹 empty_nest|branch home nesting
🪺 nest_with_eggs|bird branch egg nesting
🍄 mushroom|fungus toadstool
🪾 leafless_tree|bare barren branches dead drought trunk winter wood
# food & drink
🍇 grapes|dionysus fruit grape
🍈 melon|cantaloupe fruit
🍉 watermelon|fruit
🍊 mandarin orange tangerine|c citrus fruit nectarine vitamin
🍋 lemon|citrus fruit sour
🍋‍🟩 lime|acidity citrus cocktail fruit garnish key margarita mojito refreshing salsa sour tangy tequila tropical zest
🍌 banana|fruit potassium
🍍 pineapple|colada fruit pina tropical
🥭 mango|food fruit tropical
🍎 apple|red diet food fruit health ripe
🍏 green_apple|fruit
🍐 pear|fruit
🍑 peach|fruit
🍒 cherries|berries cherry fruit red
🍓 strawberry|berry fruit
🫐 blueberries|berries berry bilberry blue blueberry food fruit
🥝 kiwi_fruit kiwifruit|food
🍅 tomato|food fruit vegetable
🫒 olive|food
🥥 coconut|colada palm piña
🥑 avocado|food fruit
🍆 eggplant|aubergine vegetable
🥔 potato|food vegetable
🥕 carrot|food vegetable
🌽 corn|ear of crops farm maize maze
🌶️ hot_pepper
🫑 bell_pepper|capsicum food vegetable
🥒 cucumber|food pickle vegetable
🥬 leafy_green|bok burgers cabbage choy kale lettuce salad
🥦 broccoli|cabbage wild
🧄 garlic|flavoring
🧅 onion|flavoring
🥜 peanuts|food nut peanut vegetable
🫘 beans|food kidney legume small
🌰 chestnut|almond plant
🫚 ginger_root|beer health herb natural spice
🫛 pea_pod|beans beanstalk edamame legume soybean vegetable veggie
🍄‍🟫 brown_mushroom|food fungi fungus nature pizza portobello shiitake shroom spore sprout toppings truffle vegetable vegetarian veggie
🫜 root_vegetable|beet food garden radish salad turnip vegetarian
🍞 bread|carbs food grain loaf restaurant toast wheat
🥐 croissant|bread breakfast crescent food french roll
🥖 baguette_bread|food french
🫓 flatbread|arepa bread food gordita lavash naan pita
🥨 pretzel|convoluted twisted
🥯 bagel|bakery bread breakfast schmear
🥞 pancakes|breakfast crêpe food hotcake pancake
🧇 waffle|breakfast indecisive iron
🧀 cheese cheese_wedge
🍖 meat_on_bone
🍗 poultry_leg|bone chicken drumstick hungry turkey
🥩 cut_of_meat|chop lambchop porkchop red steak
🥓 bacon|breakfast food meat
🍔 hamburger|burger eat fast food hungry
🍟 fries|french fast food
🍕 pizza|cheese food hungry pepperoni slice
🌭 hotdog|hot dog frankfurter sausage
🥪 sandwich|bread
🌮 taco|mexican
🌯 burrito|mexican wrap
🫔 tamale|food mexican pamonha wrapped
🥙 stuffed_flatbread|falafel food gyro kebab
🧆 falafel|chickpea meatball
🥚 egg|breakfast food
🍳 fried_egg cooking|breakfast easy fry frying over pan restaurant side sunny up
🥘 shallow_pan_of_food|casserole paella
🍲 stew|pot of food soup
🫕 fondue|cheese chocolate food melted pot ski
🥣 bowl_with_spoon|breakfast cereal congee oatmeal porridge
🥗 green_salad|food
🍿 popcorn|corn movie pop
🧈 butter|dairy
🧂 salt|condiment flavor mad salty shaker taste upset
🥫 canned_food|can
🍱 bento|box food
🍘 rice_cracker|food
🍙 rice_ball|food japanese
🍚 rice|cooked food
🍛 curry|rice food
🍜 ramen|steaming bowl chopsticks food noodle pho soup
🍝 spaghetti|food meatballs pasta restaurant
🍠 sweet_potato|roasted food
🍢 oden|food kebab restaurant seafood skewer stick
🍣 sushi|food
🍤 fried_shrimp|prawn tempura
🍥 fish_cake|with swirl food pastry restaurant
🥮 moon_cake|autumn festival yuèbǐng
🍡 dango|dessert japanese skewer stick sweet
🥟 dumpling|empanada gyōza jiaozi pierogi potsticker
🥠 fortune_cookie|prophecy
🥡 takeout_box|chopsticks delivery food oyster pail
🍦 icecream|soft ice cream dessert food restaurant serve sweet
🍧 shaved_ice|dessert restaurant sweet
🍨 ice_cream|dessert food restaurant sweet
🍩 doughnut|breakfast dessert donut food sweet
🍪 cookie|chip chocolate dessert sweet
🎂 birthday|cake bday celebration dessert happy pastry sweet
🍰 cake|shortcake dessert pastry slice sweet
🧁 cupcake|bakery dessert sprinkles sugar sweet treat
🥧 pie|apple filling fruit meat pastry pumpkin slice
🍫 chocolate_bar|candy dessert halloween sweet tooth
🍬 candy|cavities dessert halloween restaurant sweet tooth wrapper
🍭 lollipop|candy dessert food restaurant sweet
🍮 custard|dessert pudding sweet
🍯 honey_pot|barrel bear food honeypot jar sweet
🍼 baby_bottle|babies birth born drink infant milk newborn
🥛 milk_glass glass_of_milk|drink
☕ coffee|hot beverage cafe caffeine chai drink morning steaming tea
🫖 teapot|brew drink food pot tea
🍵 tea|teacup without handle beverage cup drink oolong
🍶 sake|bar beverage bottle cup drink restaurant
🍾 champagne|bottle with popping cork bar drink
🍷 wine_glass|alcohol bar beverage booze club drink drinking drinks restaurant
🍸 cocktail|glass alcohol bar booze club drink drinking drinks mad martini men
🍹 tropical_drink|alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺 beer|mug alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻 beers|clinking beer mugs alcohol bar booze bottoms cheers clink drinking drinks
🥂 clinking_glasses|celebrate clink drink glass
🥃 tumbler_glass|liquor scotch shot whiskey whisky
🫗 pouring_liquid|accident drink empty glass oops pour spill water
🥤 cup_with_straw|drink juice malt soda soft water
🧋 bubble_tea|boba food milk pearl
🧃 beverage_box|juice straw sweet
🧉 mate mate_drink
🧊 ice_cube|cold iceberg
🥢 chopsticks|hashi jeotgarak kuaizi
🍽️ plate_with_cutlery knife_fork_plate|and cooking dinner eat
🍴 fork_and_knife|breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄 spoon|eat tableware
🔪 hocho knife|kitchen chef cooking tool weapon
🫙 jar|condiment container empty nothing sauce store
🏺 amphora|aquarius cooking drink jug tool weapon zodiac
# travel & places
🌍 earth_africa|globe showing europe europe-africa world
🌎 earth_americas|globe showing world
🌏 earth_asia|globe showing australia asia-australia world
🌐 globe_with_meridians|earth internet web world worldwide
🗺️ world_map
🗾 japan|map of
🧭 compass|direction magnetic navigation orienteering
🏔️ mountain_snow snow_capped_mountain|cold snow-capped
⛰️ mountain
🛘 landslide|avalanche danger disaster earthquake mountain mudslide rocks
🌋 volcano|eruption mountain nature
🗻 mount_fuji|mountain nature
🏕️ camping
🏖️ beach_umbrella beach_with_umbrella
🏜️ desert
🏝️ desert_island
🏞️ national_park
🏟️ stadium
🏛️ classical_building
🏗️ building_construction|crane
🧱 bricks|brick clay mortar wall
🪨 rock|boulder heavy solid stone tough
🪵 wood|log lumber timber
🛖 hut|home house roundhouse shelter yurt
🏘️ houses house_buildings
🏚️ derelict_house derelict_house_building|home
🏠 house|building country heart home ranch settle simple suburban suburbia where
🏡 house_with_garden|building country heart home ranch settle simple suburban suburbia where
🏢 office|building city cubical job
🏣 post_office|japanese building
🏤 european_post_office|building
🏥 hospital|building doctor medicine
🏦 bank|building
🏨 hotel|building
🏩 love_hotel|building
🏪 convenience_store|24 building hours
🏫 school|building
🏬 department_store|building
🏭 factory|building
🏯 japanese_castle|building
🏰 european_castle|building
💒 wedding|chapel hitched nuptials romance
🗼 tokyo_tower
🗽 statue_of_liberty|new ny nyc york
⛪ church|bless chapel christian cross religion
🕌 mosque|islam masjid muslim religion
🛕 hindu_temple
🕍 synagogue|jew jewish judaism religion temple
⛩️ shinto_shrine|religion
🕋 kaaba|hajj islam muslim religion umrah
⛲ fountain
⛺ tent|camping
🌁 foggy|fog
🌃 night_with_stars|star
🏙️ cityscape|city
🌄 sunrise_over_mountains|morning sun
🌅 sunrise|morning nature sun
🌆 city_sunset|cityscape at dusk building evening landscape sun
🌇 city_sunrise|sunset building dusk sun
🌉 bridge_at_night
♨️ hotsprings|hot springs steaming
🎠 carousel_horse|entertainment
🛝 playground_slide|amusement park play playing sliding theme
🎡 ferris_wheel|amusement park theme
🎢 roller_coaster|amusement park theme
💈 barber|pole cut fresh haircut shave
🎪 circus_tent
🚂 steam_locomotive|caboose engine railway train trains travel
🚃 railway_car|electric train tram travel trolleybus
🚄 bullettrain_side|high speed train high-speed railway shinkansen
🚅 bullettrain_front|bullet train high-speed nose railway shinkansen speed travel
🚆 train2|train arrived choo railway
🚇 metro|subway travel
🚈 light_rail|arrived monorail railway
🚉 station|railway train
🚊 tram|trolleybus
🚝 monorail|vehicle
🚞 mountain_railway|car trip
🚋 train|tram car bus trolley trolleybus
🚌 bus|school vehicle
🚍 oncoming_bus|cars
🚎 trolleybus|bus tram trolley
🚐 minibus|bus drive van vehicle
🚑 ambulance|emergency vehicle
🚒 fire_engine|truck
🚓 police_car|5–0 cops patrol
🚔 oncoming_police_car
🚕 taxi|cab cabbie car drive vehicle yellow
🚖 oncoming_taxi|cab cabbie cars drove hail yellow
🚗 car red_car|automobile driving vehicle
🚘 oncoming_automobile|car cars drove vehicle
🚙 blue_car|sport utility vehicle drive recreational sportutility
🛻 pickup_truck|automobile car flatbed pick-up transportation
🚚 truck|delivery car drive vehicle
🚛 articulated_lorry|car drive move semi truck vehicle
🚜 tractor|vehicle
🏎️ racing_car|zoom
🏍️ motorcycle racing_motorcycle
🛵 motor_scooter
🦽 manual_wheelchair|accessibility
🦼 motorized_wheelchair|accessibility
🛺 auto_rickshaw|tuk
🚲 bike|bicycle class cycle cycling cyclist gang ride spin spinning
🛴 kick_scooter scooter
🛹 skateboard|board skate skater wheels
🛼 roller_skate|blades skates sport
🚏 busstop|bus stop
🛣️ motorway|highway road
🛤️ railway_track|train
🛢️ oil_drum
⛽ fuelpump|fuel pump diesel gas gasoline station
🛞 wheel|car circle tire turn vehicle
🚨 rotating_light|police car alarm alert beacon emergency revolving siren
🚥 traffic_light|horizontal intersection signal stop stoplight
🚦 vertical_traffic_light|drove intersection signal stop stoplight
🛑 stop_sign octagonal_sign
🚧 construction|barrier
⚓ anchor|ship tool
🛟 ring_buoy|float life lifesaver preserver rescue safety save saver swim
⛵ boat sailboat|resort sailing sea yacht
🛶 canoe|boat
🚤 speedboat|billionaire boat lake luxury millionaire summer travel
🛳️ passenger_ship
⛴️ ferry|boat passenger
🛥️ motor_boat|motorboat
🚢 ship|boat passenger travel
✈️ airplane|aeroplane fly flying jet plane travel
🛩️ small_airplane|aeroplane plane
🛫 flight_departure airplane_departure|aeroplane check-in departures plane
🛬 flight_arrival airplane_arriving|aeroplane arrivals landing plane
🪂 parachute|hang-glide parasail skydive
💺 seat|chair
🚁 helicopter|copter roflcopter travel vehicle
🚟 suspension_railway
🚠 mountain_cableway|cable gondola lift ski
🚡 aerial_tramway|cable car gondola ropeway
🛰️ artificial_satellite satellite|space
🚀 rocket|launch rockets space travel
🛸 flying_saucer|aliens extra terrestrial ufo
🛎️ bellhop_bell|hotel
🧳 luggage|bag packing roller suitcase travel
⌛ hourglass|done sand time timer
⏳ hourglass_flowing_sand|not done hours timer waiting yolo
⌚ watch|clock time
⏰ alarm_clock|hours hrs late time waiting
⏱️ stopwatch|clock time
⏲️ timer_clock
🕰️ mantelpiece_clock|time
🕛 clock12|twelve o clock 12 12:00 o’clock time
🕧 clock1230|twelve thirty 12 12:30 30 clock time
🕐 clock1|one o clock 1 1:00 o’clock time
🕜 clock130|one thirty 1 1:30 30 clock time
🕑 clock2|two o clock 2 2:00 o’clock time
🕝 clock230|two thirty 2 2:30 30 clock time
🕒 clock3|three o clock 3 3:00 o’clock time
🕞 clock330|three thirty 3 30 3:30 clock time
🕓 clock4|four o clock 4 4:00 o’clock time
🕟 clock430|four thirty 30 4 4:30 clock time
🕔 clock5|five o clock 5 5:00 o’clock time
🕠 clock530|five thirty 30 5 5:30 clock time
🕕 clock6|six o clock 6 6:00 o’clock time
🕡 clock630|six thirty 30 6 6:30 clock
🕖 clock7|seven o clock 0 7 7:00 o’clock
🕢 clock730|seven thirty 30 7 7:30 clock
🕗 clock8|eight o clock 8 8:00 o’clock time
🕣 clock830|eight thirty 30 8 8:30 clock time
🕘 clock9|nine o clock 9 9:00 o’clock time
🕤 clock930|nine thirty 30 9 9:30 clock time
🕙 clock10|ten o clock 0 10 10:00 o’clock
🕥 clock1030|ten thirty 10 10:30 30 clock time
🕚 clock11|eleven o clock 11 11:00 o’clock time
🕦 clock1130|eleven thirty 11 11:30 30 clock time
🌑 new_moon|dark space
🌒 waxing_crescent_moon|dreams space
🌓 first_quarter_moon|space
🌔 moon waxing_gibbous_moon|space
🌕 full_moon|space
🌖 waning_gibbous_moon|space
🌗 last_quarter_moon|space
🌘 waning_crescent_moon|space
🌙 crescent_moon|ramadan space
🌚 new_moon_with_face|space
🌛 first_quarter_moon_with_face|space
🌜 last_quarter_moon_with_face|dreams
🌡️ thermometer|weather
☀️ sunny|sun bright rays space weather
🌝 full_moon_with_face|bright
🌞 sun_with_face|beach bright day heat shine sunny sunshine weather
🪐 ringed_planet|saturn saturnine
⭐ star|astronomy medium stars white
🌟 star2|glowing star glittery glow night shining sparkle win
🌠 stars|shooting star falling night space
🌌 milky_way|space
☁️ cloud|weather
⛅ partly_sunny|sun behind cloud cloudy weather
⛈️ cloud_with_lightning_and_rain thunder_cloud_and_rain|thunderstorm
🌤️ sun_behind_small_cloud mostly_sunny sun_small_cloud|weather
🌥️ sun_behind_large_cloud barely_sunny sun_behind_cloud|weather
🌦️ sun_behind_rain_cloud partly_sunny_rain|weather
🌧️ cloud_with_rain rain_cloud|weather
🌨️ cloud_with_snow snow_cloud|cold weather
🌩️ cloud_with_lightning lightning lightning_cloud|weather
🌪️ tornado tornado_cloud|weather whirlwind
🌫️ fog|cloud weather
🌬️ wind_face wind_blowing_face|blow cloud
🌀 cyclone|dizzy hurricane twister typhoon weather
🌈 rainbow|gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂 closed_umbrella|clothing rain
☂️ open_umbrella umbrella|clothing rain
☔ umbrella_with_rain_drops|clothing drop weather
⛱️ parasol_on_ground umbrella_on_ground|rain sun
⚡ zap|high voltage danger electric electricity lightning nature thunder thunderbolt
❄️ snowflake|cold snow weather
☃️ snowman_with_snow snowman|cold man
⛄ snowman_without_snow|cold man
☄️ comet|space
🔥 fire|af burn flame hot lit litaf tool
💧 droplet|cold comic drop nature sad sweat tear water weather
🌊 ocean|water wave nature surf surfer surfing
# activities
🎃 jack_o_lantern|celebration halloween pumpkin
🎄 christmas_tree|celebration
🎆 fireworks|boom celebration entertainment yolo
🎇 sparkler|boom celebration fireworks sparkle
🧨 firecracker|dynamite explosive fire fireworks light pop popping spark
✨ sparkles|* magic sparkle star
🎈 balloon|birthday celebrate celebration
🎉 tada|party popper awesome birthday celebrate celebration excited hooray woohoo
🎊 confetti_ball|celebrate celebration party woohoo
🎋 tanabata_tree|banner celebration japanese
🎍 bamboo|pine decoration celebration japanese plant
🎎 dolls|japanese celebration doll festival
🎏 flags|carp streamer celebration
🎐 wind_chime|bell celebration
🎑 rice_scene|moon viewing ceremony celebration
🧧 red_envelope|gift good hóngbāo lai luck money see
🎀 ribbon|celebration
🎁 gift|wrapped birthday bow box celebration christmas present surprise
🎗️ reminder_ribbon|celebration
🎟️ tickets admission_tickets|ticket
🎫 ticket|admission stub
🎖️ medal_military medal|award celebration
🏆 trophy|champion champs prize slay sport victory win winning
🏅 medal_sports sports_medal|award gold winner
🥇 1st_place_medal first_place_medal|gold
🥈 2nd_place_medal second_place_medal|silver
🥉 3rd_place_medal third_place_medal|bronze
⚽ soccer|ball football futbol sport
⚾ baseball|ball sport
🥎 softball|ball glove sports underarm
🏀 basketball|ball hoop sport
🏐 volleyball|ball game
🏈 football|american ball bowl sport super
🏉 rugby_football|ball sport
🎾 tennis|ball racquet sport
🥏 flying_disc|ultimate
🎳 bowling|ball game sport strike
🏏 cricket_game cricket_bat_and_ball
🏑 field_hockey field_hockey_stick_and_ball|game
🏒 ice_hockey ice_hockey_stick_and_puck|game
🥍 lacrosse|ball goal sports stick
🏓 ping_pong table_tennis_paddle_and_ball|bat game pingpong
🏸 badminton badminton_racquet_and_shuttlecock|birdie game
🥊 boxing_glove
🥋 martial_arts_uniform|judo karate taekwondo
🥅 goal_net
⛳ golf|flag in hole sport
⛸️ ice_skate|skating
🎣 fishing_pole_and_fish|entertainment sport
🤿 diving_mask|scuba snorkeling
🎽 running_shirt_with_sash|athletics
🎿 ski|skis snow sport
🛷 sled|luge sledge sleigh snow toboggan
🥌 curling_stone|game rock
🎯 dart|bullseye bull direct entertainment game hit target
🪀 yo_yo yo-yo|fluctuate toy
🪁 kite|fly soar
🔫 gun|water pistol handgun revolver tool weapon
🎱 8ball|pool 8 ball billiard eight game
🔮 crystal_ball|fairy fairytale fantasy fortune future magic tale tool
🪄 magic_wand|magician witch wizard
🎮 video_game|controller entertainment
🕹️ joystick|game video videogame
🎰 slot_machine|casino gamble gambling game slots
🎲 game_die|dice entertainment
🧩 jigsaw|puzzle piece clue interlocking
🧸 teddy_bear|plaything plush stuffed toy
🪅 pinata|piñata candy celebrate celebration cinco de festive mayo party pinada
🪩 mirror_ball|dance disco glitter party
🪆 nesting_dolls|babooshka baboushka babushka doll matryoshka russia
♠️ spades|spade suit card game
♥️ hearts|heart suit card emotion game
♦️ diamonds|diamond suit card game
♣️ clubs|club suit card game
♟️ chess_pawn|dupe expendable
🃏 black_joker|card game wildcard
🀄 mahjong|red dragon game
🎴 flower_playing_cards|card game japanese
🎭 performing_arts|actor actress art entertainment mask theater theatre thespian
🖼️ framed_picture frame_with_picture|art museum painting
🎨 art|artist palette artsy arty colorful creative entertainment museum painter painting
🧵 thread|needle sewing spool string
🪡 sewing_needle|embroidery sew stitches sutures tailoring thread
🧶 yarn|ball crochet knit
🪢 knot|cord rope tangled tie twine twist
# objects
👓 eyeglasses|glasses clothing eye eyewear
🕶️ dark_sunglasses|eye eyewear glasses
🥽 goggles|dive eye protection scuba swimming welding
🥼 lab_coat|clothes doctor dr experiment jacket scientist white
🦺 safety_vest|emergency
👔 necktie|clothing employed serious shirt tie
👕 shirt tshirt|t blue casual clothes clothing collar dressed shopping weekend
👖 jeans|blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣 scarf|bundle cold neck up
🧤 gloves|hand
🧥 coat|brr bundle cold jacket up
🧦 socks|stocking
👗 dress|clothes clothing dressed fancy shopping
👘 kimono|clothing comfortable
🥻 sari|clothing dress
🩱 one_piece_swimsuit one-piece_swimsuit|bathing one-piece suit
🩲 swim_brief briefs|bathing one-piece suit swimsuit underwear
🩳 shorts|bathing pants suit swimsuit underwear
👙 bikini|bathing beach clothing pool suit swim
👚 womans_clothes|woman s blouse clothing collar dress dressed lady shirt shopping woman’s
🪭 folding_hand_fan|clack clap cool cooling dance flirt flutter hot shy
👛 purse|clothes clothing coin dress fancy handbag shopping
👜 handbag|bag clothes clothing dress lady purse shopping
👝 pouch|clutch bag clothes clothing dress handbag purse
🛍️ shopping shopping_bags|bag hotel
🎒 school_satchel|backpack backpacking bag bookbag education rucksack
🩴 thong_sandal|beach flip flop sandals shoe thongs zōri
👞 mans_shoe shoe|man s brown clothes clothing feet foot kick man’s shoes shopping
👟 athletic_shoe|running clothes clothing fast kick shoes shopping sneaker tennis
🥾 hiking_boot|backpacking brown camping outdoors shoe
🥿 flat_shoe womans_flat_shoe|ballet comfy flats slip-on slipper
👠 high_heel|heeled shoe clothes clothing dress fashion heels high-heeled shoes shopping stiletto woman
👡 sandal|woman s clothing shoe woman’s
🩰 ballet_shoes|dance
👢 boot|woman s clothes clothing dress shoe shoes shopping woman’s
🪮 hair_pick|afro comb groom
👑 crown|clothing family king medieval queen royal royalty win
👒 womans_hat|woman s clothes clothing garden hats party woman’s
🎩 tophat|top hat clothes clothing fancy formal magic
🎓 mortar_board|graduation cap celebration clothing education hat scholar
🧢 billed_cap|baseball bent dad hat
🪖 military_helmet|army soldier war warrior
⛑️ rescue_worker_helmet helmet_with_white_cross|s aid face hat worker’s
📿 prayer_beads|clothing necklace religion
💄 lipstick|cosmetics date makeup
💍 ring|diamond engaged engagement married romance shiny sparkling wedding
💎 gem|stone diamond engagement jewel money romance wedding
🔇 mute|muted speaker quiet silent sound
🔈 speaker|low volume soft sound
🔉 sound|speaker medium volume
🔊 loud_sound|speaker high volume music
📢 loudspeaker|address communication loud public sound
📣 mega|megaphone cheering sound
📯 postal_horn|post
🔔 bell|break church sound
🔕 no_bell|with slash forbidden mute not prohibited quiet silent sound
🎼 musical_score|music note
🎵 musical_note|music sound
🎶 notes|musical music note sound
🎙️ studio_microphone|mic music
🎚️ level_slider|music
🎛️ control_knobs|music
🎤 microphone|karaoke mic music sing sound
🎧 headphones|headphone earbud sound
📻 radio|entertainment tbt video
🎷 saxophone|instrument music sax
🎺 trumpet|instrument music
🪊 trombone|brass instrument jazz music sad slide
🪗 accordion|box concertina instrument music squeeze squeezebox
🎸 guitar|instrument music strat
🎹 musical_keyboard|instrument music piano
🎻 violin|instrument music
🪕 banjo|music stringed
🥁 drum drum_with_drumsticks|music
🪘 long_drum|beat conga instrument rhythm
🪇 maracas|cha dance instrument music party percussion rattle shake shaker
🪈 flute|band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
🪉 harp|cupid instrument love music orchestra
📱 iphone|mobile phone cell communication telephone
📲 calling|mobile phone with arrow build call cell communication receive telephone
☎️ phone telephone
📞 telephone_receiver|communication phone voip
📟 pager|communication
📠 fax|machine communication
🔋 battery
🪫 low_battery|drained electronic energy power
🔌 electric_plug|electricity
💻 computer|laptop office pc personal
🖥️ desktop_computer|monitor
🖨️ printer|computer
⌨️ keyboard|computer
🖱️ computer_mouse three_button_mouse
🖲️ trackball|computer
💽 minidisc|computer disk minidisk optical
💾 floppy_disk|computer
💿 cd|optical disk blu-ray computer dvd
📀 dvd|blu-ray cd computer disk optical
🧮 abacus|calculation calculator
🎥 movie_camera|bollywood cinema film hollywood record
🎞️ film_strip film_frames|cinema movie
📽️ film_projector|cinema movie video
🎬 clapper|board action movie
📺 tv|television video
📷 camera|photo selfie snap tbt trip video
📸 camera_flash camera_with_flash|video
📹 video_camera|camcorder tbt
📼 vhs|videocassette old school tape vcr video
🔍 mag|magnifying glass tilted left lab left-pointing science search tool
🔎 mag_right|magnifying glass tilted contact lab right-pointing science search tool
🕯️ candle|light
💡 bulb|light comic electric idea
🔦 flashlight|electric light tool torch
🏮 izakaya_lantern lantern|red paper bar light restaurant
🪔 diya_lamp|light oil
📔 notebook_with_decorative_cover|book decorated education school writing
📕 closed_book|education
📖 book open_book|education fantasy knowledge library novels reading
📗 green_book|education fantasy library reading
📘 blue_book|education fantasy library reading
📙 orange_book|education fantasy library reading
📚 books|book education fantasy knowledge library novels reading school study
📓 notebook
📒 ledger|notebook
📃 page_with_curl|document paper
📜 scroll|paper
📄 page_facing_up|document paper
📰 newspaper|communication news paper
🗞️ newspaper_roll rolled_up_newspaper|news paper rolled-up
📑 bookmark_tabs|mark marker
🔖 bookmark|mark
🏷️ label|tag
🪙 coin|dollar euro gold metal money rich silver treasure
💰 moneybag|money bag bank bet billion cash cost dollar gold million paid paying pot rich win
🪎 treasure_chest|gem gold jewels loot money prize silver valuables wealth
💴 yen|banknote bank bill currency money note
💵 dollar|banknote bank bill currency money note
💶 euro|banknote 100 bank bill currency money note rich
💷 pound|banknote bank bill billion cash currency money note pounds
💸 money_with_wings|bank banknote bill billion cash dollar fly million note pay
💳 credit_card|bank cash charge money pay
🧾 receipt|accounting bookkeeping evidence invoice proof
💹 chart|increasing with yen bank currency graph growth market money rise trend upward
✉️ envelope email|e-mail letter
📧 e-mail|email letter
📨 incoming_envelope|delivering e-mail email letter mail receive sent
📩 envelope_with_arrow|communication down e-mail email letter mail outgoing send sent
📤 outbox_tray|box email letter mail sent
📥 inbox_tray|box email letter mail receive zero
📦 package|box communication delivery parcel shipping
📫 mailbox|closed with raised flag communication mail postbox
📪 mailbox_closed|with lowered flag mail postbox
📬 mailbox_with_mail|open raised flag postbox
📭 mailbox_with_no_mail|open lowered flag postbox
📮 postbox|mail mailbox
🗳️ ballot_box ballot_box_with_ballot
✏️ pencil2|pencil
✒️ black_nib|pen
🖋️ fountain_pen lower_left_fountain_pen
🖊️ pen lower_left_ballpoint_pen
🖌️ paintbrush lower_left_paintbrush|painting
🖍️ crayon lower_left_crayon
📝 memo pencil|communication media notes
💼 briefcase|office
📁 file_folder
📂 open_file_folder
🗂️ card_index_dividers
📅 date|calendar
📆 calendar|tear off tear-off
🗒️ spiral_notepad spiral_note_pad
🗓️ spiral_calendar spiral_calendar_pad
📇 card_index|old rolodex school
📈 chart_with_upwards_trend|increasing data graph growth right up upward
📉 chart_with_downwards_trend|decreasing data down downward graph negative
📊 bar_chart|data graph
📋 clipboard|do list notes
📌 pushpin|collage pin
📍 round_pushpin|location map pin
📎 paperclip
🖇️ paperclips linked_paperclips|link paperclip
📏 straight_ruler|angle edge math straightedge
📐 triangular_ruler|angle math rule set slide triangle
✂️ scissors|cut cutting paper tool
🗃️ card_file_box
🗄️ file_cabinet|filing paper
🗑️ wastebasket|can garbage trash waste
🔒 lock|locked closed private
🔓 unlock|unlocked cracked lock open
🔏 lock_with_ink_pen|locked nib privacy
🔐 closed_lock_with_key|locked bike secure
🔑 key|keys lock major password unlock
🗝️ old_key|clue lock
🔨 hammer|home improvement repairs tool
🪓 axe|ax chop hatchet split wood
⛏️ pick|hammer mining tool
⚒️ hammer_and_pick|tool
🛠️ hammer_and_wrench|spanner tool
🗡️ dagger dagger_knife|weapon
⚔️ crossed_swords|weapon
💣 bomb|boom comic dangerous explosion hot
🪃 boomerang|rebound repercussion weapon
🏹 bow_and_arrow|archer archery sagittarius tool weapon zodiac
🛡️ shield|weapon
🪚 carpentry_saw|carpenter cut lumber tool trim
🔧 wrench|home improvement spanner tool
🪛 screwdriver|flathead handy screw tool
🔩 nut_and_bolt|home improvement tool
⚙️ gear|cog cogwheel tool
🗜️ clamp compression|compress tool vice
⚖️ balance_scale scales|justice libra tool weight zodiac
🦯 probing_cane|white accessibility blind
🔗 link|links
⛓️‍💥 broken_chain|break breaking cuffs freedom
⛓️ chains|chain
🪝 hook|catch crook curve ensnare point selling
🧰 toolbox|box chest mechanic red tool
🧲 magnet|attraction horseshoe magnetic negative positive shape u
🪜 ladder|climb rung step
🪏 shovel|bury dig garden hole plant scoop snow spade
⚗️ alembic|chemistry tool
🧪 test_tube|chemist chemistry experiment lab science
🧫 petri_dish|bacteria biologist biology culture lab
🧬 dna|biologist evolution gene genetics life
🔬 microscope|experiment lab science tool
🔭 telescope|contact extraterrestrial science tool
📡 satellite_antenna|aliens contact dish science
💉 syringe|doctor flu medicine needle shot sick tool vaccination
🩸 drop_of_blood|bleed donation injury medicine menstruation
💊 pill|doctor drugs medicated medicine pills sick vitamin
🩹 adhesive_bandage
🩼 crutch|aid cane disability help hurt injured mobility stick
🩺 stethoscope|doctor heart medicine
🩻 x_ray x-ray|bones doctor medical skeleton skull xray
🚪 door|back closet front
🛗 elevator|accessibility hoist lift
🪞 mirror|makeup reflection reflector speculum
🪟 window|air frame fresh opening transparent view
🛏️ bed|hotel sleep
🛋️ couch_and_lamp|hotel
🪑 chair|seat sit
🚽 toilet|bathroom
🪠 plunger|cup force plumber poop suction toilet
🚿 shower|water
🛁 bathtub|bath
🪤 mouse_trap|bait cheese lure mousetrap snare
🪒 razor|sharp shave
🧴 lotion_bottle|moisturizer shampoo sunscreen
🧷 safety_pin|diaper punk rock
🧹 broom|cleaning sweeping witch
🧺 basket|farming laundry picnic
🧻 roll_of_paper|toilet towels
🪣 bucket|cask pail vat
🧼 soap|bar bathing clean cleaning lather soapdish
🫧 bubbles|bubble burp clean floating pearl soap underwater
🪥 toothbrush|bathroom brush clean dental hygiene teeth toiletry
🧽 sponge|absorbing cleaning porous soak
🧯 fire_extinguisher|extinguish quench
🛒 shopping_cart shopping_trolley
🚬 smoking|cigarette
⚰️ coffin|dead death vampire
🪦 headstone|cemetery dead grave graveyard memorial rip tomb tombstone
⚱️ funeral_urn|ashes death
🧿 nazar_amulet|bead blue charm evil-eye talisman
🪬 hamsa|amulet fatima fortune guide hand mary miriam palm protect protection
🗿 moyai|moai face statue stoneface travel
🪧 placard|card demonstration notice picket plaque protest sign
🪪 identification_card|credentials document id license security
# symbols
🏧 atm|sign automated bank cash money teller
🚮 put_litter_in_its_place|bin sign litterbin
🚰 potable_water|drinking
♿ wheelchair|symbol access handicap
🚹 mens|men s room bathroom lavatory man men’s restroom toilet wc
🚺 womens|women s room bathroom lavatory restroom toilet wc woman women’s
🚻 restroom|bathroom lavatory toilet wc
🚼 baby_symbol|changing
🚾 wc|water closet bathroom lavatory restroom toilet
🛂 passport_control
🛃 customs|packing
🛄 baggage_claim|arrived bags case checked journey packing plane ready travel trip
🛅 left_luggage|baggage case locker
⚠️ warning|caution
🚸 children_crossing|child pedestrian traffic
⛔ no_entry|do fail forbidden not pass prohibited traffic
🚫 no_entry_sign|prohibited forbidden not smoke
🚳 no_bicycles|bicycle bike forbidden not prohibited
🚭 no_smoking|forbidden not prohibited smoke
🚯 do_not_litter|no littering forbidden prohibited
🚱 non-potable_water|dry non-drinking non-potable prohibited
🚷 no_pedestrians|forbidden not pedestrian prohibited
📵 no_mobile_phones|cell forbidden not phone prohibited telephone
🔞 underage|no one under eighteen 18 age forbidden not prohibited restriction
☢️ radioactive radioactive_sign
☣️ biohazard biohazard_sign
⬆️ arrow_up|cardinal direction north
↗️ arrow_upper_right|up direction intercardinal northeast up-right
➡️ arrow_right|cardinal direction east
↘️ arrow_lower_right|down direction down-right intercardinal southeast
⬇️ arrow_down|cardinal direction south
↙️ arrow_lower_left|down direction down-left intercardinal southwest
⬅️ arrow_left|cardinal direction west
↖️ arrow_upper_left|up direction intercardinal northwest up-left
↕️ arrow_up_down|up-down
↔️ left_right_arrow|left-right
↩️ leftwards_arrow_with_hook|right curving left
↪️ arrow_right_hook|left curving
⤴️ arrow_heading_up|right curving
⤵️ arrow_heading_down|right curving
🔃 arrows_clockwise|vertical arrow refresh reload
🔄 arrows_counterclockwise|button again anticlockwise arrow deja refresh rewindershins vu
🔙 back|arrow
🔚 end|arrow
🔛 on|arrow mark on!
🔜 soon|arrow brb omw
🔝 top|arrow homie up
🛐 place_of_worship|pray religion
⚛️ atom_symbol|atheist
🕉️ om om_symbol|hindu religion
✡️ star_of_david|jew jewish judaism religion
☸️ wheel_of_dharma|buddhist religion
☯️ yin_yang|difficult lives religion tao taoist total yinyang
✝️ latin_cross|christ christian religion
☦️ orthodox_cross|christian religion
☪️ star_and_crescent|islam muslim ramadan religion
☮️ peace_symbol|healing peaceful
🕎 menorah menorah_with_nine_branches|candelabrum candlestick hanukkah jewish judaism religion
🔯 six_pointed_star|dotted fortune jewish judaism six-pointed
🪯 khanda|deg fateh khalsa religion sikh sikhism tegh
♈ aries|horoscope ram zodiac
♉ taurus|bull horoscope ox zodiac
♊ gemini|horoscope twins zodiac
♋ cancer|crab horoscope zodiac
♌ leo|horoscope lion zodiac
♍ virgo|horoscope zodiac
♎ libra|balance horoscope justice scales zodiac
♏ scorpius|scorpio horoscope scorpion zodiac
♐ sagittarius|archer horoscope zodiac
♑ capricorn|goat horoscope zodiac
♒ aquarius|bearer horoscope water zodiac
♓ pisces|fish horoscope zodiac
⛎ ophiuchus|bearer serpent snake zodiac
🔀 twisted_rightwards_arrows|shuffle tracks button arrow crossed
🔁 repeat|button arrow clockwise
🔂 repeat_one|single button arrow clockwise once
▶️ arrow_forward|play button right triangle
⏩ fast_forward|button arrow double fast-forward
⏭️ next_track_button black_right_pointing_double_triangle_with_vertical_bar|arrow scene
⏯️ play_or_pause_button black_right_pointing_triangle_with_double_vertical_bar|arrow
◀️ arrow_backward|reverse button left triangle
⏪ rewind|fast reverse button arrow double
⏮️ previous_track_button black_left_pointing_double_triangle_with_vertical_bar|last arrow scene
🔼 arrow_up_small|upwards button red
⏫ arrow_double_up|fast button
🔽 arrow_down_small|downwards button red
⏬ arrow_double_down|fast button
⏸️ pause_button double_vertical_bar
⏹️ stop_button black_square_for_stop
⏺️ record_button black_circle_for_record
⏏️ eject_button eject
🎦 cinema|camera film movie
🔅 low_brightness|dim button
🔆 high_brightness|bright button light
📶 signal_strength|antenna bars bar cell communication mobile phone telephone
🛜 wireless|broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳 vibration_mode|cell communication mobile phone telephone
📴 mobile_phone_off|cell telephone
♀️ female_sign|woman
♂️ male_sign|man
⚧️ transgender_symbol
✖️ heavy_multiplication_x|multiply cancel sign ×
➕ heavy_plus_sign|+
➖ heavy_minus_sign|- math −
➗ heavy_division_sign|divide math ÷
🟰 heavy_equals_sign|answer equal equality math
♾️ infinity|forever unbounded universal
‼️ bangbang|double exclamation mark ! !! punctuation
⁉️ interrobang|exclamation question mark ! !? ? punctuation
❓ question|red mark ? punctuation
❔ grey_question|white mark ? outlined punctuation
❕ grey_exclamation|white mark ! outlined punctuation
❗ exclamation heavy_exclamation_mark|red ! punctuation
〰️ wavy_dash|punctuation
💱 currency_exchange|bank money
💲 heavy_dollar_sign|billion cash charge currency million money pay
⚕️ medical_symbol staff_of_aesculapius|medicine
♻️ recycle|recycling symbol
⚜️ fleur_de_lis|knights
🔱 trident|emblem anchor poseidon ship tool
📛 name_badge
🔰 beginner|japanese symbol for chevron green leaf tool yellow
⭕ o|hollow red circle heavy large
✅ white_check_mark|button checked checkmark complete completed done fixed tick ✓
☑️ ballot_box_with_check|checked done off tick ✓
✔️ heavy_check_mark|checked checkmark done tick ✓
❌ x|cross mark cancel multiplication multiply ×
❎ negative_squared_cross_mark|button multiplication multiply square x ×
➰ curly_loop|curl
➿ loop|double curly curl
〽️ part_alternation_mark
✳️ eight_spoked_asterisk|* eight-spoked
✴️ eight_pointed_black_star|* eight-pointed
❇️ sparkle|*
©️ copyright|c
®️ registered|r
™️ tm|trade mark trademark
🫟 splatter|drip holi ink liquid mess paint spill stain
#️⃣ hash|keycap
*️⃣ asterisk keycap_star
0️⃣ zero|keycap 0
1️⃣ one|keycap 1
2️⃣ two|keycap 2
3️⃣ three|keycap 3
4️⃣ four|keycap 4
5️⃣ five|keycap 5
6️⃣ six|keycap 6
7️⃣ seven|keycap 7
8️⃣ eight|keycap 8
9️⃣ nine|keycap 9
🔟 keycap_ten|10
🔠 capital_abcd|input latin uppercase letters
🔡 abcd|input latin lowercase letters
🔢 1234|input numbers
🔣 symbols|input % & ♪ 〒
🔤 abc|input latin letters alphabet
🅰️ a|button blood type
🆎 ab|button blood type
🅱️ b|button blood type
🆑 cl|button
🆒 cool|button
🆓 free|button
ℹ️ information_source|i
🆔 id|button identity
Ⓜ️ m|circled circle
🆕 new|button
🆖 ng|button
🅾️ o2|o button blood type
🆗 ok|button okay
🅿️ parking|p button
🆘 sos|button help
🆙 up|button mark up!
🆚 vs|button versus
🈁 koko|japanese here button katakana
🈂️ sa|japanese service charge button katakana
🈷️ u6708|japanese monthly amount button ideograph
🈶 u6709|japanese not free of charge button ideograph
🈯 u6307|japanese reserved button ideograph
🉐 ideograph_advantage|japanese bargain button
🈹 u5272|japanese discount button ideograph
🈚 u7121|japanese free of charge button ideograph
🈲 u7981|japanese prohibited button ideograph
🉑 accept|japanese acceptable button ideograph
🈸 u7533|japanese application button ideograph
🈴 u5408|japanese passing grade button ideograph
🈳 u7a7a|japanese vacancy button ideograph
㊗️ congratulations|japanese button ideograph
㊙️ secret|japanese button ideograph
🈺 u55b6|japanese open for business button ideograph
🈵 u6e80|japanese no vacancy button ideograph
🔴 red_circle|geometric
🟠 orange_circle large_orange_circle
🟡 yellow_circle large_yellow_circle
🟢 green_circle large_green_circle
🔵 large_blue_circle|geometric
🟣 purple_circle large_purple_circle
🟤 brown_circle large_brown_circle
⚫ black_circle|geometric
⚪ white_circle|geometric
🟥 red_square large_red_square|card penalty
🟧 orange_square large_orange_square
🟨 yellow_square large_yellow_square|card penalty
🟩 green_square large_green_square
🟦 blue_square large_blue_square
🟪 purple_square large_purple_square
🟫 brown_square large_brown_square
⬛ black_large_square|geometric
⬜ white_large_square|geometric
◼️ black_medium_square|geometric
◻️ white_medium_square|geometric
◾ black_medium_small_square|geometric medium-small
◽ white_medium_small_square|geometric medium-small
▪️ black_small_square|geometric
▫️ white_small_square|geometric
🔶 large_orange_diamond|geometric
🔷 large_blue_diamond|geometric
🔸 small_orange_diamond|geometric
🔹 small_blue_diamond|geometric
🔺 small_red_triangle|pointed up geometric
🔻 small_red_triangle_down|pointed geometric
💠 diamond_shape_with_a_dot_inside|comic geometric
🔘 radio_button|geometric
🔳 white_square_button|geometric outlined
🔲 black_square_button|geometric
# flags
🏁 checkered_flag|chequered finish flags game race racing sport win
🚩 triangular_flag_on_post|construction golf
🎌 crossed_flags|celebration cross japanese
🏴 black_flag waving_black_flag
🏳️ white_flag waving_white_flag
🏳️‍🌈 rainbow_flag rainbow-flag|bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender
🏳️‍⚧️ transgender_flag|blue light pink white
🏴‍☠️ pirate_flag|jolly plunder roger treasure
🇦🇨 ascension_island flag-ac|AC
🇦🇩 andorra flag-ad|AD
🇦🇪 united_arab_emirates flag-ae|AE
🇦🇫 afghanistan flag-af|AF
🇦🇬 antigua_barbuda flag-ag|AG
🇦🇮 anguilla flag-ai|AI
🇦🇱 albania flag-al|AL
🇦🇲 armenia flag-am|AM
🇦🇴 angola flag-ao|AO
🇦🇶 antarctica flag-aq|AQ
🇦🇷 argentina flag-ar|AR
🇦🇸 american_samoa flag-as|AS
🇦🇹 austria flag-at|AT
🇦🇺 australia flag-au|AU
🇦🇼 aruba flag-aw|AW
🇦🇽 aland_islands flag-ax|åland AX
🇦🇿 azerbaijan flag-az|AZ
🇧🇦 bosnia_herzegovina flag-ba|BA
🇧🇧 barbados flag-bb|BB
🇧🇩 bangladesh flag-bd|BD
🇧🇪 belgium flag-be|BE
🇧🇫 burkina_faso flag-bf|BF
🇧🇬 bulgaria flag-bg|BG
🇧🇭 bahrain flag-bh|BH
🇧🇮 burundi flag-bi|BI
🇧🇯 benin flag-bj|BJ
🇧🇱 st_barthelemy flag-bl|barthélemy BL
🇧🇲 bermuda flag-bm|BM
🇧🇳 brunei flag-bn|BN
🇧🇴 bolivia flag-bo|BO
🇧🇶 caribbean_netherlands flag-bq|BQ
🇧🇷 brazil flag-br|BR
🇧🇸 bahamas flag-bs|BS
🇧🇹 bhutan flag-bt|BT
🇧🇻 bouvet_island flag-bv|BV
🇧🇼 botswana flag-bw|BW
🇧🇾 belarus flag-by|BY
🇧🇿 belize flag-bz|BZ
🇨🇦 canada flag-ca|CA
🇨🇨 cocos_islands flag-cc|keeling CC
🇨🇩 congo_kinshasa flag-cd|CD
🇨🇫 central_african_republic flag-cf|CF
🇨🇬 congo_brazzaville flag-cg|CG
🇨🇭 switzerland flag-ch|CH
🇨🇮 cote_divoire flag-ci|côte d ivoire CI
🇨🇰 cook_islands flag-ck|CK
🇨🇱 chile flag-cl|CL
🇨🇲 cameroon flag-cm|CM
🇨🇳 cn flag-cn|china CN
🇨🇴 colombia flag-co|CO
🇨🇵 clipperton_island flag-cp|CP
🇨🇶 flag-sark|CQ
🇨🇷 costa_rica flag-cr|CR
🇨🇺 cuba flag-cu|CU
🇨🇻 cape_verde flag-cv|CV
🇨🇼 curacao flag-cw|curaçao CW
🇨🇽 christmas_island flag-cx|CX
🇨🇾 cyprus flag-cy|CY
🇨🇿 czech_republic flag-cz|czechia CZ
🇩🇪 de flag-de|germany DE
🇩🇬 diego_garcia flag-dg|DG
🇩🇯 djibouti flag-dj|DJ
🇩🇰 denmark flag-dk|DK
🇩🇲 dominica flag-dm|DM
🇩🇴 dominican_republic flag-do|DO
🇩🇿 algeria flag-dz|DZ
🇪🇦 ceuta_melilla flag-ea|EA
🇪🇨 ecuador flag-ec|EC
🇪🇪 estonia flag-ee|EE
🇪🇬 egypt flag-eg|EG
🇪🇭 western_sahara flag-eh|EH
🇪🇷 eritrea flag-er|ER
🇪🇸 es flag-es|spain ES
🇪🇹 ethiopia flag-et|ET
🇪🇺 eu european_union flag-eu|EU
🇫🇮 finland flag-fi|FI
🇫🇯 fiji flag-fj|FJ
🇫🇰 falkland_islands flag-fk|FK
🇫🇲 micronesia flag-fm|FM
🇫🇴 faroe_islands flag-fo|FO
🇫🇷 fr flag-fr|france FR
🇬🇦 gabon flag-ga|GA
🇬🇧 gb uk flag-gb|united kingdom GB
🇬🇩 grenada flag-gd|GD
🇬🇪 georgia flag-ge|GE
🇬🇫 french_guiana flag-gf|GF
🇬🇬 guernsey flag-gg|GG
🇬🇭 ghana flag-gh|GH
🇬🇮 gibraltar flag-gi|GI
🇬🇱 greenland flag-gl|GL
🇬🇲 gambia flag-gm|GM
🇬🇳 guinea flag-gn|GN
🇬🇵 guadeloupe flag-gp|GP
🇬🇶 equatorial_guinea flag-gq|GQ
🇬🇷 greece flag-gr|GR
🇬🇸 south_georgia_south_sandwich_islands flag-gs|GS
🇬🇹 guatemala flag-gt|GT
🇬🇺 guam flag-gu|GU
🇬🇼 guinea_bissau flag-gw|GW
🇬🇾 guyana flag-gy|GY
🇭🇰 hong_kong flag-hk|sar china HK
🇭🇲 heard_mcdonald_islands flag-hm|HM
🇭🇳 honduras flag-hn|HN
🇭🇷 croatia flag-hr|HR
🇭🇹 haiti flag-ht|HT
🇭🇺 hungary flag-hu|HU
🇮🇨 canary_islands flag-ic|IC
🇮🇩 indonesia flag-id|ID
🇮🇪 ireland flag-ie|IE
🇮🇱 israel flag-il|IL
🇮🇲 isle_of_man flag-im|IM
🇮🇳 india flag-in|IN
🇮🇴 british_indian_ocean_territory flag-io|IO
🇮🇶 iraq flag-iq|IQ
🇮🇷 iran flag-ir|IR
🇮🇸 iceland flag-is|IS
🇮🇹 it flag-it|italy IT
🇯🇪 jersey flag-je|JE
🇯🇲 jamaica flag-jm|JM
🇯🇴 jordan flag-jo|JO
🇯🇵 jp flag-jp|japan JP
🇰🇪 kenya flag-ke|KE
🇰🇬 kyrgyzstan flag-kg|KG
🇰🇭 cambodia flag-kh|KH
🇰🇮 kiribati flag-ki|KI
🇰🇲 comoros flag-km|KM
🇰🇳 st_kitts_nevis flag-kn|KN
🇰🇵 north_korea flag-kp|KP
🇰🇷 kr flag-kr|south korea KR
🇰🇼 kuwait flag-kw|KW
🇰🇾 cayman_islands flag-ky|KY
🇰🇿 kazakhstan flag-kz|KZ
🇱🇦 laos flag-la|LA
🇱🇧 lebanon flag-lb|LB
🇱🇨 st_lucia flag-lc|LC
🇱🇮 liechtenstein flag-li|LI
🇱🇰 sri_lanka flag-lk|LK
🇱🇷 liberia flag-lr|LR
🇱🇸 lesotho flag-ls|LS
🇱🇹 lithuania flag-lt|LT
🇱🇺 luxembourg flag-lu|LU
🇱🇻 latvia flag-lv|LV
🇱🇾 libya flag-ly|LY
🇲🇦 morocco flag-ma|MA
🇲🇨 monaco flag-mc|MC
🇲🇩 moldova flag-md|MD
🇲🇪 montenegro flag-me|ME
🇲🇫 st_martin flag-mf|MF
🇲🇬 madagascar flag-mg|MG
🇲🇭 marshall_islands flag-mh|MH
🇲🇰 macedonia flag-mk|north MK
🇲🇱 mali flag-ml|ML
🇲🇲 myanmar flag-mm|burma MM
🇲🇳 mongolia flag-mn|MN
🇲🇴 macau flag-mo|macao sar china MO
🇲🇵 northern_mariana_islands flag-mp|MP
🇲🇶 martinique flag-mq|MQ
🇲🇷 mauritania flag-mr|MR
🇲🇸 montserrat flag-ms|MS
🇲🇹 malta flag-mt|MT
🇲🇺 mauritius flag-mu|MU
🇲🇻 maldives flag-mv|MV
🇲🇼 malawi flag-mw|MW
🇲🇽 mexico flag-mx|MX
🇲🇾 malaysia flag-my|MY
🇲🇿 mozambique flag-mz|MZ
🇳🇦 namibia flag-na|NA
🇳🇨 new_caledonia flag-nc|NC
🇳🇪 niger flag-ne|NE
🇳🇫 norfolk_island flag-nf|NF
🇳🇬 nigeria flag-ng|NG
🇳🇮 nicaragua flag-ni|NI
🇳🇱 netherlands flag-nl|NL
🇳🇴 norway flag-no|NO
🇳🇵 nepal flag-np|NP
🇳🇷 nauru flag-nr|NR
🇳🇺 niue flag-nu|NU
🇳🇿 new_zealand flag-nz|NZ
🇴🇲 oman flag-om|OM
🇵🇦 panama flag-pa|PA
🇵🇪 peru flag-pe|PE
🇵🇫 french_polynesia flag-pf|PF
🇵🇬 papua_new_guinea flag-pg|PG
🇵🇭 philippines flag-ph|PH
🇵🇰 pakistan flag-pk|PK
🇵🇱 poland flag-pl|PL
🇵🇲 st_pierre_miquelon flag-pm|PM
🇵🇳 pitcairn_islands flag-pn|PN
🇵🇷 puerto_rico flag-pr|PR
🇵🇸 palestinian_territories flag-ps|PS
🇵🇹 portugal flag-pt|PT
🇵🇼 palau flag-pw|PW
🇵🇾 paraguay flag-py|PY
🇶🇦 qatar flag-qa|QA
🇷🇪 reunion flag-re|réunion RE
🇷🇴 romania flag-ro|RO
🇷🇸 serbia flag-rs|RS
🇷🇺 ru flag-ru|russia RU
🇷🇼 rwanda flag-rw|RW
🇸🇦 saudi_arabia flag-sa|SA
🇸🇧 solomon_islands flag-sb|SB
🇸🇨 seychelles flag-sc|SC
🇸🇩 sudan flag-sd|SD
🇸🇪 sweden flag-se|SE
🇸🇬 singapore flag-sg|SG
🇸🇭 st_helena flag-sh|SH
🇸🇮 slovenia flag-si|SI
🇸🇯 svalbard_jan_mayen flag-sj|SJ
🇸🇰 slovakia flag-sk|SK
🇸🇱 sierra_leone flag-sl|SL
🇸🇲 san_marino flag-sm|SM
🇸🇳 senegal flag-sn|SN
🇸🇴 somalia flag-so|SO
🇸🇷 suriname flag-sr|SR
🇸🇸 south_sudan flag-ss|SS
🇸🇹 sao_tome_principe flag-st|são tomé príncipe ST
🇸🇻 el_salvador flag-sv|SV
🇸🇽 sint_maarten flag-sx|SX
🇸🇾 syria flag-sy|SY
🇸🇿 swaziland flag-sz|eswatini SZ
🇹🇦 tristan_da_cunha flag-ta|TA
🇹🇨 turks_caicos_islands flag-tc|TC
🇹🇩 chad flag-td|TD
🇹🇫 french_southern_territories flag-tf|TF
🇹🇬 togo flag-tg|TG
🇹🇭 thailand flag-th|TH
🇹🇯 tajikistan flag-tj|TJ
🇹🇰 tokelau flag-tk|TK
🇹🇱 timor_leste flag-tl|TL
🇹🇲 turkmenistan flag-tm|TM
🇹🇳 tunisia flag-tn|TN
🇹🇴 tonga flag-to|TO
🇹🇷 tr flag-tr|türkiye TR
🇹🇹 trinidad_tobago flag-tt|TT
🇹🇻 tuvalu flag-tv|TV
🇹🇼 taiwan flag-tw|TW
🇹🇿 tanzania flag-tz|TZ
🇺🇦 ukraine flag-ua|UA
🇺🇬 uganda flag-ug|UG
🇺🇲 us_outlying_islands flag-um|u s UM
🇺🇳 united_nations flag-un|UN
🇺🇸 us flag-us|united states US
🇺🇾 uruguay flag-uy|UY
🇺🇿 uzbekistan flag-uz|UZ
🇻🇦 vatican_city flag-va|VA
🇻🇨 st_vincent_grenadines flag-vc|VC
🇻🇪 venezuela flag-ve|VE
🇻🇬 british_virgin_islands flag-vg|VG
🇻🇮 us_virgin_islands flag-vi|u s VI
🇻🇳 vietnam flag-vn|VN
🇻🇺 vanuatu flag-vu|VU
🇼🇫 wallis_futuna flag-wf|WF
🇼🇸 samoa flag-ws|WS
🇽🇰 kosovo flag-xk|XK
🇾🇪 yemen flag-ye|YE
🇾🇹 mayotte flag-yt|YT
🇿🇦 south_africa flag-za|ZA
🇿🇲 zambia flag-zm|ZM
🇿🇼 zimbabwe flag-zw|ZW
🏴󠁧󠁢󠁥󠁮󠁧󠁿 england flag-england|gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿 scotland flag-scotland|gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿 wales flag-wales|gbwls
`
