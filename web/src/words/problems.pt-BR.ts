interface Said {
  readonly title: string;
  readonly detail: string;
  /** The server's own sentence, in English, says more than ours can: it is shown, too. */
  readonly withServers?: true;
}

/** The server's problems by the last part of their type. In English the server's own words serve. */
export const problemsPtBR: Readonly<Record<string, Said>> = {
  'bad-request': { title: 'O pedido não pôde ser entendido', detail: 'Confira o que foi digitado.', withServers: true },
  'not-signed-in': { title: 'Entre primeiro', detail: 'A sua sessão terminou. Entre de novo para continuar.' },
  'bad-credentials': { title: 'Não foi possível entrar', detail: 'O nome de usuário ou a senha está errado.' },
  'password-change-required': { title: 'Escolha antes uma nova senha', detail: 'A primeira senha serve só uma vez.' },
  'weak-password': { title: 'Esta senha não pode ser aceita', detail: 'Use de 12 a 256 caracteres, e uma senha que não seja comum.', withServers: true },
  'not-allowed': { title: 'Você não pode fazer isto', detail: 'A sua conta não tem o papel necessário, ou outra pessoa precisa fazê-lo.' },
  'not-found': { title: 'Isto não existe', detail: 'Não existe mais, ou você não pode ver.' },
  'already-exists': { title: 'Isto já existe', detail: 'Escolha outro nome, ou retire antes o que existe.', withServers: true },
  'no-legal-basis': { title: 'Nenhuma base legal está registrada', detail: 'Registre com que base o rosto desta pessoa pode ser usado, e depois cadastre.' },
  inactive: { title: 'A pessoa está desativada', detail: 'Reative a pessoa antes.' },
  'enrolment-refused': { title: 'As imagens não podem ser usadas', detail: 'Inclua mais fotos boas da mesma pessoa.' },
  'possible-duplicate': { title: 'Alguém muito parecido já está cadastrado', detail: 'Confira o documento da pessoa antes de continuar.' },
  'too-many-attempts': { title: 'Tentativas demais', detail: 'Espere um pouco e tente de novo.' },
  'wrong-method': { title: 'Isto não se faz neste endereço', detail: 'A página e o servidor não combinam: carregue a página de novo.' },
  'wrong-content-type': { title: 'O conteúdo é de outro tipo', detail: 'Envie o arquivo no formato que esta página pede.' },
  'too-large': { title: 'O pedido é grande demais', detail: 'Envie menos imagens, ou imagens menores.' },
  busy: { title: 'O servidor está ocupado', detail: 'Nada foi mudado. Tente de novo em instantes.' },
  'not-recognised': { title: 'Não reconhecido', detail: 'Tente de novo com mais luz, ou use a senha.' },
  'frames-refused': { title: 'As imagens não são boas o bastante', detail: 'Siga as dicas e tente de novo.' },
  'not-signed-by-kiosk': {
    title: 'O quiosque não assinou este registro',
    detail: 'Registros que esperaram pelo servidor só valem com a assinatura do aparelho. Registre o quiosque de novo.',
  },
  'clip-refused': { title: 'O vídeo não pode ser usado', detail: 'Grave em H.264 ou VP8, ou envie imagens.' },
  'face-not-available': { title: 'Aqui os rostos não são reconhecidos', detail: 'Use a senha numérica.' },
  'session-over': { title: 'A sessão terminou', detail: 'Comece outra.' },
  'offer-unusable': { title: 'A oferta de vídeo não pode ser aceita', detail: 'A página envia imagens no lugar.' },
  'connection-changed': { title: 'A conexão é outra', detail: 'Carregue a página de novo.' },
  'video-unavailable': { title: 'Vídeo ao vivo não está disponível', detail: 'A página envia imagens no lugar.' },
  'database-unavailable': { title: 'O banco de dados não responde', detail: 'Nada foi mudado. Tente de novo em instantes, ou avise o administrador.' },
  'gallery-in-memory': { title: 'Não há índice', detail: 'Os rostos são procurados na memória do servidor: não há nada a comparar nem a trocar.' },
  'gallery-unavailable': { title: 'Agora não se pode procurar rostos', detail: 'Informe o nome de usuário, ou use a senha.' },
  'not-complete': { title: 'Falta registrar algo antes', detail: 'Registre o que falta e tente de novo.', withServers: true },
  fault: { title: 'Algo deu errado no servidor', detail: 'Tente de novo; se continuar, avise o administrador.' },
};
