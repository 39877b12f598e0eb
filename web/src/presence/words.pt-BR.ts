import type { PresenceWords } from './words.en.ts';

export const presencePtBR: PresenceWords = {
  see: (what, time) => `Ver a captura: ${what} ${time}`,
  pictureTitle: (who) => `Captura de ${who}`,
  pictureAlt: (who, when) => `Imagem de ${who}, feita em ${when}`,
  pictureRecorded: 'A sua consulta fica registrada na trilha de auditoria.',
  pictureOwn: 'Esta imagem foi guardada com a sua marcação porque você consentiu.',
  close: 'Fechar',

  policy: 'Guardar uma pequena imagem de cada marcação (prova de presença)',
  policyHint:
    'Desligado, a menos que seja necessário. Uma imagem de no máximo 200 × 200 pixels é guardada com cada marcação pelo rosto, cifrada, apenas de quem consente. Gestores deste setor e administradores podem vê-la; cada consulta fica na trilha de auditoria. Ao desligar, as imagens são apagadas em até uma hora.',
  policyDays: 'Dias em que as imagens são guardadas',
  policyDaysHint: 'De 1 a 365. Registre nas suas operações de tratamento por que precisa delas por esse tempo.',

  consentTitle: 'Imagens das marcações',
  consentOff: 'Este setor não guarda imagens das marcações.',
  consentOffOwn: 'O seu setor não guarda imagens das marcações.',
  consentMissing: (days) =>
    `Este setor guarda uma pequena imagem de cada marcação por ${days} dias, de quem consente. Esta pessoa não consentiu e marca o ponto sem imagem.`,
  consentMissingOwn: (days) =>
    `O seu setor gostaria de guardar uma pequena imagem de cada marcação sua por ${days} dias, para que a marcação possa ser provada. A escolha é sua: sem ela as suas marcações valem da mesma forma. A imagem é cifrada; gestores do seu setor e administradores podem vê-la, e cada consulta é registrada. Você pode encerrar isso a qualquer momento, e então todas as imagens são apagadas.`,
  consentThere: (date, version) => `Consente desde ${date} · aviso ${version}`,
  consentGive: 'Registrar o consentimento',
  consentGiveOwn: 'Eu consinto',
  consentGiveTitle: 'A pessoa consentiu?',
  consentGiveText:
    'Registre somente se a pessoa foi informada do que é guardado, por quanto tempo e quem vê, e disse sim por vontade própria. Um não não traz consequência para ela.',
  consentEnd: 'Encerrar o consentimento',
  consentEndTitle: 'Encerrar o consentimento e apagar as imagens?',
  consentEndText: 'Todas as imagens das marcações são apagadas na hora. O reconhecimento pelo rosto continua como antes.',
  consentGiven: 'Registrado.',
  consentEnded: 'O consentimento foi encerrado e todas as imagens foram apagadas.',

  withoutTitle: 'Marcar o ponto sem a câmera',
  withoutText: 'Quem recusa a câmera marca o ponto com nome de usuário e PIN, ou com um crachá.',
  pinThere: 'Há um PIN.',
  pinMissing: 'Ainda não há PIN.',
  badgeThere: (date) => `Um crachá foi entregue em ${date}. O número não pode ser lido de volta.`,
  badgeMissing: 'Ainda não há crachá.',
  pinSet: 'Definir um PIN',
  pinSetText: 'Diga-o somente à pessoa, e peça que depois escolha o seu próprio em “Meus dados”.',
  pinField: 'Novo PIN',
  pinHint: 'De 6 a 12 algarismos, de pelo menos três tipos.',
  badgeGive: 'Entregar um crachá',
  badgeGiveText: 'Coloque o cursor no campo e aproxime o crachá de um leitor, ou digite o número. Ele substitui o anterior.',
  badgeField: 'Número do crachá',
  badgeHint: 'De 4 a 64 letras e algarismos; tudo o mais que o leitor envia é deixado de fora.',
  badgeTake: 'Retirar o crachá',
  badgeTakeText: 'O crachá deixa de valer: para um que foi perdido, ou que vai para outra pessoa.',
  save: 'Salvar',
  pinSaved: 'O PIN foi definido.',
  badgeSaved: 'O crachá foi entregue.',
  badgeTaken: 'O crachá foi retirado.',
};
