// Remove-ExchangeCertificate: what it refuses, and what it lets happen (docs/facts-exchange.md#removal).
using System.Text.Json.Nodes;

namespace Lab;

public static class RemoveOperation
{
    public static void Register(Organization organization) =>
        organization.Register("Remove-ExchangeCertificate", request =>
        {
            var (server, entry) = CertificateOperations.Find(organization, request);
            var name = CertificateRegistry.TlsName(organization.Certificates[entry.Certificate]);
            var tagged = organization.State.SendConnectors.Where(connector => string.Equals(connector.TlsCertificateName, name, StringComparison.OrdinalIgnoreCase)).Select(connector => connector.Name).ToList();
            if (tagged.Count > 0)
            {
                // By issuer and subject only: with a renewal of the same name, old and new are both refused (RPCERR).
                throw Table.Refusal("Remove-ExchangeCertificate.TaggedWithSendConnector", server.Name, string.Join(", ", tagged));
            }
            if (server.InternalTransport == entry.Certificate)
            {
                throw Table.Refusal("Remove-ExchangeCertificate.InternalTransport", entry.Certificate);
            }
            if (!request.Flag("WhatIf"))
            {
                StoreOperations.Remove(organization, server, entry);
            }
            return new JsonArray();
        });
}
