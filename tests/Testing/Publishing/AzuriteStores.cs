using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.Testing.Publishing;

/// <summary>The stores of a host on Azurite, with unique table and container names.</summary>
internal static class AzuriteStores
{
    public static Action<IServiceCollection> CreateRegistration(Azurite azurite)
    {
        var (register, publications) = Open(azurite, $"{Guid.NewGuid():N}");
        return services =>
        {
            services.AddSingleton(register);
            services.AddSingleton(publications);
        };
    }

    public static (IRegisterStore Register, IPublicationStore Publications) Open(Azurite azurite, string name)
    {
        var clients = azurite.Clients;
        return (
            new TableRegisterStore(clients.Tables.GetTableClient($"register{name}")),
            new BlobPublicationStore(clients.Blobs.GetBlobContainerClient($"publications-{name}"), TimeProvider.System));
    }
}
