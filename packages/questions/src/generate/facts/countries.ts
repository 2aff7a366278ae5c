/**
 * Countries with one undisputed capital. Left out: several seats of government or none by law (Bolivia, South Africa, Switzerland …), a move under way
 * (Indonesia), a dispute. Compiled for this project, CC0-1.0.
 */
import { rows } from './rows.ts';

export interface Country {
  readonly name: string;
  readonly capital: string;
  readonly region: string;
}

const TABLE = `
Europe: Albania, Tirana; Andorra, Andorra la Vella; Austria, Vienna; Belarus, Minsk; Belgium, Brussels; Bosnia and Herzegovina, Sarajevo; Bulgaria, Sofia; Croatia, Zagreb; the Czech Republic, Prague; Denmark, Copenhagen; Estonia, Tallinn; Finland, Helsinki; France, Paris; Germany, Berlin; Greece, Athens; Hungary, Budapest; Iceland, Reykjavík; Ireland, Dublin; Italy, Rome; Latvia, Riga; Liechtenstein, Vaduz; Lithuania, Vilnius; Malta, Valletta; Moldova, Chișinău; North Macedonia, Skopje; Norway, Oslo; Poland, Warsaw; Portugal, Lisbon; Romania, Bucharest; Serbia, Belgrade; Slovakia, Bratislava; Slovenia, Ljubljana; Spain, Madrid; Sweden, Stockholm; Ukraine, Kyiv; the United Kingdom, London
Asia: Afghanistan, Kabul; Bahrain, Manama; Bangladesh, Dhaka; Bhutan, Thimphu; Cambodia, Phnom Penh; China, Beijing; India, New Delhi; Iran, Tehran; Iraq, Baghdad; Japan, Tokyo; Jordan, Amman; Kyrgyzstan, Bishkek; Laos, Vientiane; Lebanon, Beirut; the Maldives, Malé; Mongolia, Ulaanbaatar; Myanmar, Naypyidaw; Nepal, Kathmandu; North Korea, Pyongyang; Oman, Muscat; Pakistan, Islamabad; the Philippines, Manila; Qatar, Doha; Saudi Arabia, Riyadh; South Korea, Seoul; Syria, Damascus; Tajikistan, Dushanbe; Thailand, Bangkok; Turkmenistan, Ashgabat; the United Arab Emirates, Abu Dhabi; Uzbekistan, Tashkent; Vietnam, Hanoi
Africa: Algeria, Algiers; Angola, Luanda; Botswana, Gaborone; Burkina Faso, Ouagadougou; Cameroon, Yaoundé; Cape Verde, Praia; the Central African Republic, Bangui; Chad, N’Djamena; the Comoros, Moroni; the Democratic Republic of the Congo, Kinshasa; the Republic of the Congo, Brazzaville; Eritrea, Asmara; Ethiopia, Addis Ababa; Gabon, Libreville; the Gambia, Banjul; Ghana, Accra; Guinea, Conakry; Guinea-Bissau, Bissau; Kenya, Nairobi; Lesotho, Maseru; Liberia, Monrovia; Libya, Tripoli; Madagascar, Antananarivo; Malawi, Lilongwe; Mali, Bamako; Mauritania, Nouakchott; Mauritius, Port Louis; Morocco, Rabat; Mozambique, Maputo; Namibia, Windhoek; Niger, Niamey; Nigeria, Abuja; Rwanda, Kigali; Senegal, Dakar; Seychelles, Victoria; Sierra Leone, Freetown; Somalia, Mogadishu; South Sudan, Juba; Sudan, Khartoum; Togo, Lomé; Tunisia, Tunis; Uganda, Kampala; Zambia, Lusaka; Zimbabwe, Harare
North America: Antigua and Barbuda, St John’s; the Bahamas, Nassau; Barbados, Bridgetown; Belize, Belmopan; Canada, Ottawa; Costa Rica, San José; Cuba, Havana; Dominica, Roseau; the Dominican Republic, Santo Domingo; El Salvador, San Salvador; Grenada, St George’s; Haiti, Port-au-Prince; Jamaica, Kingston; Mexico, Mexico City; Nicaragua, Managua; Saint Lucia, Castries; the United States, Washington, D.C.
South America: Argentina, Buenos Aires; Brazil, Brasília; Chile, Santiago; Colombia, Bogotá; Ecuador, Quito; Guyana, Georgetown; Paraguay, Asunción; Peru, Lima; Suriname, Paramaribo; Uruguay, Montevideo; Venezuela, Caracas
Oceania: Australia, Canberra; Fiji, Suva; New Zealand, Wellington; Papua New Guinea, Port Moresby; Samoa, Apia; Solomon Islands, Honiara; Tonga, Nukuʻalofa; Vanuatu, Port Vila
`;

export const COUNTRIES: readonly Country[] = TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [region = '', list = ''] = line.split(/:(.*)/su);
    return rows(list, ', ').map(([name = '', ...capital]) => ({ name, capital: capital.join(', '), region }));
  });
