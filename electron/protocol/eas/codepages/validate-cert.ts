/** Code page 11, ValidateCert (MS-ASWBXML 2.1.2.1.12). */
export const validateCert = {
  page: 11,
  namespace: "ValidateCert",
  tags: {
    5: "ValidateCert",
    6: "Certificates",
    7: "Certificate",
    8: "CertificateChain",
    9: "CheckCRL",
    10: "Status",
  },
} as const;
