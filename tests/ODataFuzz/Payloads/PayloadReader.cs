using Microsoft.OData;
using Microsoft.OData.Edm;

namespace ServiceOffices.ODataFuzz.Payloads;

/// <summary>
/// Reads responses with Microsoft.OData.Core and all its validations: names, types and structure must be those of the
/// schema, the context URL must be valid, and control information must be where the format requires it.
/// </summary>
internal sealed class PayloadReader(IEdmModel edm, Uri serviceRoot)
{
    /// <summary>Names that the schema does not declare and that the query adds by <c>$compute</c> or <c>$apply</c>; any other fails.</summary>
    public IReadOnlyCollection<string> Computed { get; init; } = [];

    public PayloadCollection Entities(PayloadMessage message) =>
        Read(message, reader => (PayloadCollection)ReadAll(reader.CreateODataResourceSetReader(), message.HasIds)!);

    /// <summary>Reads the changes since an earlier revision: current entities, and removed ones.</summary>
    public PayloadCollection Changes(PayloadMessage message) =>
        Read(message, reader => (PayloadCollection)ReadAll(reader.CreateODataDeltaResourceSetReader(), message.HasIds)!);

    /// <summary>Reads the responses of a batch in their order.</summary>
    public IReadOnlyList<PayloadMessage> Batch(PayloadMessage message) => Read(message, reader =>
    {
        var responses = new List<PayloadMessage>();
        var batch = reader.CreateODataBatchReader();
        while (batch.Read())
        {
            if (batch.State == ODataBatchReaderState.Operation)
            {
                var response = batch.CreateOperationResponseMessage();
                using var content = new MemoryStream();
                using (var stream = response.GetStream())
                {
                    stream.CopyTo(content);
                }

                responses.Add(new PayloadMessage(response.GetHeader("OData-Version"), response.GetHeader("Content-Type") ?? "", content.ToArray()) { StatusCode = response.StatusCode });
            }
        }

        return responses;
    });

    public PayloadResource Entity(PayloadMessage message) =>
        Read(message, reader => (PayloadResource)ReadAll(reader.CreateODataResourceReader(), message.HasIds)!);

    /// <summary>Reads the value of a property: single or a collection, primitive or complex.</summary>
    /// <param name="owner">The full name of the type that declares it.</param>
    public object? Property(PayloadMessage message, string owner, string name)
    {
        var property = (IEdmStructuralProperty)((IEdmStructuredType)edm.FindDeclaredType(owner)).FindProperty(name);
        return property.Type.Definition.AsElementType() switch
        {
            IEdmComplexType complex when property.Type.IsCollection() => Read(message, reader => ReadAll(reader.CreateODataResourceSetReader(complex), message.HasIds)),
            IEdmComplexType complex => Read(message, reader => ReadAll(reader.CreateODataResourceReader(complex), message.HasIds)),
            _ when property.Type.IsCollection() => Read(message, reader => ReadAll(reader.CreateODataCollectionReader(property.Type.AsCollection().ElementType()))),
            _ => Read(message, reader => Value(reader.ReadProperty(property).Value)),
        };
    }

    /// <summary>Reads the response of <c>/$count</c>.</summary>
    public long Count(PayloadMessage message) => Read(message, reader => (long)reader.ReadValue(EdmCoreModel.Instance.GetInt64(isNullable: false)));

    /// <summary>Reads the response of <c>/$value</c> for a string.</summary>
    public string Text(PayloadMessage message) => Read(message, reader => (string)reader.ReadValue(EdmCoreModel.Instance.GetString(isNullable: false)));

    public ODataError Error(PayloadMessage message) => Read(message, reader => reader.ReadError());

    public IReadOnlyList<Uri> References(PayloadMessage message) =>
        Read(message, reader => reader.ReadEntityReferenceLinks().Links.Select(link => link.Url).ToList());

    public Uri Reference(PayloadMessage message) => Read(message, reader => reader.ReadEntityReferenceLink().Url);

    /// <summary>Reads the URLs of the entity sets by name.</summary>
    public IReadOnlyDictionary<string, Uri> ServiceDocument(PayloadMessage message) =>
        Read(message, reader => reader.ReadServiceDocument().EntitySets.ToDictionary(set => set.Name, set => set.Url));

    private T Read<T>(PayloadMessage message, Func<ODataMessageReader, T> read)
    {
        var version = message.Version switch
        {
            "4.0" => ODataVersion.V4,
            "4.01" => ODataVersion.V401,
            var other => throw new ArgumentException($"OData-Version must be 4.0 or 4.01; got '{other}'.", nameof(message)),
        };
        var settings = new ODataMessageReaderSettings(version)
        {
            Validations = Computed.Count == 0 ? ValidationKinds.All : ValidationKinds.All & ~ValidationKinds.ThrowOnUndeclaredPropertyForNonOpenType,
            MaxProtocolVersion = version,
            BaseUri = serviceRoot,
            EnableCharactersCheck = true,
            MessageQuotas = { MaxReceivedMessageSize = long.MaxValue },
        };
        using var reader = new ODataMessageReader(message, settings, edm);
        return read(reader);
    }

    private object? ReadAll(ODataReader reader, bool hasIds)
    {
        var item = () => reader.Item ?? throw new InvalidOperationException($"{reader.State} without an item.");
        var open = new Stack<Frame>();
        open.Push(new Frame(""));
        while (reader.Read())
        {
            switch (reader.State)
            {
                case ODataReaderState.ResourceSetStart or ODataReaderState.ResourceStart or ODataReaderState.DeltaResourceSetStart or ODataReaderState.DeletedResourceStart:
                    open.Push(new Frame(""));
                    break;
                case ODataReaderState.NestedResourceInfoStart:
                    open.Push(new Frame(((ODataNestedResourceInfo)item()).Name));
                    break;
                case ODataReaderState.Primitive:
                    open.Peek().Items.Add(((ODataPrimitiveValue?)reader.Item)?.Value);
                    break;
                case ODataReaderState.ResourceSetEnd or ODataReaderState.DeltaResourceSetEnd:
                    var set = (ODataResourceSetBase)item();
                    var collection = new PayloadCollection(open.Pop().Items, set.Count, set.NextPageLink, set.DeltaLink);
                    open.Peek().Items.Add(collection);
                    break;
                case ODataReaderState.ResourceEnd:
                    var frame = open.Pop();
                    open.Peek().Items.Add(reader.Item is ODataResource resource ? Resource(resource, frame, hasIds) : null);
                    break;
                case ODataReaderState.DeletedResourceEnd:
                    open.Pop();
                    var deleted = (ODataDeletedResource)item();
                    open.Peek().Items.Add(new PayloadRemoval(new Uri(serviceRoot, deleted.Id), deleted.Reason == DeltaDeletedEntryReason.Changed));
                    break;
                case ODataReaderState.NestedResourceInfoEnd:
                    open.Pop().CloseInto(open.Peek(), (ODataNestedResourceInfo)item());
                    break;
                default:
                    throw new NotSupportedException($"The payload contains {reader.State}, which is not supported.");
            }
        }

        return open.Pop().Items.Single();
    }

    private static PayloadCollection ReadAll(ODataCollectionReader reader)
    {
        List<object?> items = [];
        while (reader.Read())
        {
            if (reader.State == ODataCollectionReaderState.Value)
            {
                items.Add(Value(reader.Item));
            }
        }

        // The reader of the library accepts a count and a next link but does not return them.
        return new PayloadCollection(items);
    }

    private PayloadResource Resource(ODataResource resource, Frame frame, bool hasIds)
    {
        var declared = edm.FindType(resource.TypeName) as IEdmStructuredType;
        foreach (var property in resource.Properties.Cast<ODataProperty>())
        {
            if (declared is not null && declared.FindProperty(property.Name) is null && !Computed.Contains(property.Name))
            {
                throw new ODataException($"'{property.Name}' is neither declared by {resource.TypeName} nor computed.");
            }

            frame.Values.Add(property.Name, Value(property.Value));
        }

        var id = hasIds ? resource.Id : null;
        // Links are derived from the id.
        var links = frame.Navigation.Where(info => id is not null && info.Url is not null).ToDictionary(info => info.Name, info => info.Url);
        return new PayloadResource(resource.TypeName, id, resource.ETag, frame.Values, frame.Counts, links);
    }

    private static object? Value(object? value) => value switch
    {
        ODataCollectionValue collection => new PayloadCollection([.. collection.Items.Select(Value)]),
        ODataEnumValue member => member.Value,
        ODataUntypedValue untyped => untyped.RawValue,
        ODataNullValue => null,
        ODataPrimitiveValue primitive => primitive.Value,
        _ => value,
    };

    /// <summary>A set, a resource or a nested property that is being read.</summary>
    private sealed class Frame(string name)
    {
        public List<object?> Items { get; } = [];

        public Dictionary<string, object?> Values { get; } = [];

        public Dictionary<string, long> Counts { get; } = [];

        public List<ODataNestedResourceInfo> Navigation { get; } = [];

        public void CloseInto(Frame resource, ODataNestedResourceInfo info)
        {
            // A navigation property that was not expanded has no content.
            if (Items.Count > 0)
            {
                resource.Values.Add(name, Items.Single());
            }

            if (info.Count is { } count)
            {
                resource.Counts.Add(name, count);
            }
            else if (Items is [PayloadCollection { Count: { } counted }])
            {
                resource.Counts.Add(name, counted);
            }

            resource.Navigation.Add(info);
        }
    }
}
