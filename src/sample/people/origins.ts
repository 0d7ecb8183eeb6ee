export type Language = 'en' | 'nl' | 'pl' | 'zh' | 'he';

/** Where a family's names come from. It decides names and the languages people may write in, and nothing else in the sample. */
export interface Origin {
  readonly name: string;
  /** Share of the shop's customers. */
  readonly share: number;
  /** Languages they write in, with weights. */
  readonly writes: readonly (readonly [Language, number])[];
  readonly familyFirst: boolean;
  /** "Given" or "Given:latin form" where the script is another. */
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const list = (text: string): string[] => text.trim().split(/\s*,\s*/);

export const origins: readonly Origin[] = [
  {
    name: 'Dutch',
    share: 26,
    writes: [
      ['nl', 9],
      ['en', 1],
    ],
    familyFirst: false,
    given:
      list(`Anna, Bram, Carlijn, Daan, Eva, Floris, Femke, Gijs, Hanneke, Ilse, Jasper, Joost, Karin, Koen, Lotte, Maarten,
      Marijke, Nienke, Pieter, Roos, Sander, Sanne, Thijs, Tess, Willem, Wietske`),
    family:
      list(`de Vries, van den Berg, Bakker, Visser, Smit, Meijer, Mulder, Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker,
      Brouwer, de Wit, Dijkstra, Postma, van der Meulen, Kuipers, Veenstra, Hoekstra, Prins, Schouten, van Beek, Willems, Terpstra`),
  },
  {
    name: 'Polish',
    share: 11,
    writes: [
      ['pl', 8],
      ['en', 2],
      ['nl', 1],
    ],
    familyFirst: false,
    given:
      list(`Agnieszka, Marta, Katarzyna, Małgorzata, Joanna, Zofia, Hanna, Ewa, Magdalena, Paweł, Tomasz, Michał, Jakub,
      Łukasz, Piotr, Krzysztof, Grzegorz, Wojciech, Kinga, Beata`),
    family:
      list(`Nowak, Wójcik, Mazur, Krawczyk, Kaczmarek, Zając, Król, Wieczorek, Wróbel, Dudek, Pawlak, Sikora, Baran, Duda,
      Szewczyk, Pietrzak, Gołąb, Bąk, Żak, Kubiak, Wilk, Lis`),
  },
  {
    name: 'German',
    share: 10,
    writes: [
      ['en', 6],
      ['nl', 4],
    ],
    familyFirst: false,
    given:
      list(`Anke, Birgit, Claudia, Dirk, Elke, Frank, Greta, Heike, Jürgen, Jörg, Katrin, Lukas, Matthias, Petra, Sabine,
      Stefan, Uwe, Wiebke, Björn, Leonie`),
    family:
      list(`Müller, Schmidt, Schneider, Fischer, Weber, Wagner, Becker, Schulz, Hoffmann, Koch, Richter, Klein, Wolf,
      Schröder, Neumann, Schwarz, Zimmermann, Krüger, Hartmann, Weiß, Köhler, Voß`),
  },
  {
    name: 'Turkish',
    share: 9,
    writes: [
      ['nl', 8],
      ['en', 2],
    ],
    familyFirst: false,
    given:
      list(`Ayşe, Fatma, Elif, Zeynep, Emine, Merve, Esra, Büşra, Selin, Derya, Mehmet, Mustafa, Ahmet, Emre, Murat,
      Hüseyin, Hakan, Okan, Cem, Yusuf`),
    family:
      list(`Yılmaz, Kaya, Demir, Şahin, Çelik, Yıldız, Aydın, Öztürk, Arslan, Doğan, Kılıç, Aslan, Çetin, Kara, Koç, Kurt,
      Özdemir, Şimşek, Polat, Erdoğdu, Güneş, Aksoy`),
  },
  {
    name: 'Moroccan',
    share: 9,
    writes: [
      ['nl', 8],
      ['en', 2],
    ],
    familyFirst: false,
    given:
      list(`Fatima, Khadija, Naima, Samira, Nadia, Hajar, Salma, Loubna, Ikram, Yasmina, Mohamed, Youssef, Rachid, Said,
      Hamza, Karim, Omar, Bilal, Ilyas, Anass`),
    family:
      list(`El Amrani, Bennani, Alaoui, Tahiri, Idrissi, Benali, Chaoui, El Fassi, Berrada, Lahlou, Ziani, Ouali, Haddad,
      Bouzidi, El Khatib, Naciri, Mansouri, Saidi, Rahmouni, Azzouzi, Belhaj, Filali`),
  },
  {
    name: 'Surinamese',
    share: 8,
    writes: [
      ['nl', 9],
      ['en', 1],
    ],
    familyFirst: false,
    given:
      list(`Anjali, Shanti, Priya, Sharmila, Indra, Cheryl, Naomi, Charissa, Ruth, Esmeralda, Kenneth, Romeo, Winston, Ravi,
      Sunil, Dewan, Guno, Ruben, Orlando, Errol`),
    family:
      list(`Ramdin, Jagroep, Bhikharie, Sewnath, Ramsaran, Kartosen, Amatredjo, Pinas, Cairo, Vola, Landveld, Wijngaarde,
      Braafheid, Koorndijk, Tjon, Autar, Biharie, Sitaram, Blokland, Zuiverloon, Echteld`),
  },
  {
    name: 'English',
    share: 8,
    writes: [['en', 1]],
    familyFirst: false,
    given:
      list(`Alice, Charlotte, Emily, Grace, Hannah, Imogen, Lucy, Olivia, Rosie, Sophie, Arthur, Daniel, Edward, George,
      Harry, James, Oliver, Thomas, William, Callum`),
    family:
      list(`Smith, Taylor, Walker, Wright, Green, Hughes, Edwards, Harrison, Fletcher, Shaw, Palmer, Barnes, Chapman,
      Mills, Webb, Hawkins, Bennett, Carter, O'Brien, Murray, Fraser, Whitfield`),
  },
  {
    name: 'Chinese',
    share: 8,
    writes: [
      ['zh', 7],
      ['en', 2],
      ['nl', 1],
    ],
    familyFirst: true,
    given:
      list(`秀英:xiuying, 丽:li, 敏:min, 静:jing, 芳:fang, 婷婷:tingting, 雪梅:xuemei, 晓红:xiaohong, 雅文:yawen, 思琪:siqi,
      伟:wei, 强:qiang, 磊:lei, 军:jun, 明:ming, 志远:zhiyuan, 建华:jianhua, 浩然:haoran, 子涵:zihan, 文博:wenbo`),
    family:
      list(`王:wang, 李:li, 张:zhang, 刘:liu, 陈:chen, 杨:yang, 黄:huang, 赵:zhao, 吴:wu, 周:zhou, 徐:xu, 孙:sun, 马:ma,
      朱:zhu, 胡:hu, 郭:guo, 何:he, 林:lin, 高:gao, 罗:luo, 郑:zheng, 梁:liang`),
  },
  {
    name: 'Hebrew',
    share: 6,
    writes: [
      ['he', 7],
      ['en', 3],
    ],
    familyFirst: false,
    given:
      list(`נועה:noa, תמר:tamar, שירה:shira, מאיה:maya, יעל:yael, רונית:ronit, מיכל:michal, אורלי:orly, הילה:hila, דנה:dana,
      יוסף:yosef, דוד:david, איתן:eitan, אורי:uri, עומר:omer, גיא:guy, רן:ran, אלון:alon, נדב:nadav, עידו:ido`),
    family:
      list(`כהן:cohen, לוי:levi, מזרחי:mizrahi, פרץ:peretz, ביטון:biton, דהן:dahan, אברהם:avraham, פרידמן:friedman,
      אזולאי:azoulay, מלכה:malka, כץ:katz, יוסף:yosef, עמר:amar, אוחיון:ohayon, גבאי:gabay, בן דוד:bendavid, שפירא:shapira,
      רוזן:rosen, קליין:klein, ברק:barak, סגל:segal, שגיא:sagi`),
  },
  {
    name: 'French',
    share: 5,
    writes: [
      ['en', 6],
      ['nl', 4],
    ],
    familyFirst: false,
    given:
      list(`Amélie, Camille, Chloé, Élodie, Hélène, Inès, Manon, Océane, Sylvie, Zoé, Antoine, Baptiste, François, Gaël,
      Hugo, Jérôme, Loïc, Mathieu, Rémi, Théo`),
    family:
      list(`Dubois, Lambert, Dupont, Simon, Laurent, Leroy, Renard, Fontaine, Mercier, Girard, Lefèvre, Moreau, Garnier,
      Chevalier, Lemaire, Noël, Benoît, Gérard, Delcourt, Maréchal, Carlier, Collet`),
  },
];
