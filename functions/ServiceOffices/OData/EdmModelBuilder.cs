using Microsoft.OData.Edm;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// Says an <see cref="EntityModel"/> in the terms of Microsoft.OData.Edm: entity, complex and enumeration types, and one
/// entity container named <c>Container</c>. It holds no annotations; <see cref="MetadataDocument"/> adds those it publishes.
/// </summary>
public static class EdmModelBuilder
{
    public const string ContainerName = "Container";

    /// <summary>Ticks of 100 ns; a facet that is absent would mean whole seconds (CSDL XML 4.01, 7.2.3).</summary>
    private const int TemporalPrecision = 7;

    private const int Wgs84 = 4326;

    /// <exception cref="ArgumentException">A navigation property leads to a set that the model has not.</exception>
    public static EdmModel Build(EntityModel model)
    {
        var edm = new EdmModel();
        foreach (var set in model.Sets)
        {
            Declare(edm, set.Type);
        }

        var entityTypes = model.Sets.Select(set => set.Type).Distinct().ToList();
        foreach (var type in entityTypes)
        {
            AddNavigation(edm, model, type);
        }

        foreach (var type in entityTypes)
        {
            AddPartners(edm, type);
        }

        AddContainer(edm, model);
        return edm;
    }

    /// <summary>The EDM's type of a type of the model that <paramref name="edm"/> was built from.</summary>
    internal static IEdmSchemaType Find(IEdmModel edm, DataType type) =>
        edm.FindDeclaredType(type.FullName) ?? throw new ArgumentException($"The EDM has no type {type.FullName}.", nameof(type));

    private static IEdmSchemaType Declare(EdmModel edm, DataType type) => type switch
    {
        _ when edm.FindDeclaredType(type.FullName) is { } declared => declared,
        StructuredType structured => DeclareStructured(edm, structured),
        EnumType enumeration => DeclareEnum(edm, enumeration),
        _ => throw new ArgumentException($"{type.FullName} is not a type that a schema declares.", nameof(type)),
    };

    private static IEdmSchemaType DeclareStructured(EdmModel edm, StructuredType type)
    {
        var ns = NamespaceOf(type);
        // Before its properties: a type may lead back to itself.
        EdmStructuredType declared = type.IsEntity ? new EdmEntityType(ns, type.Name) : new EdmComplexType(ns, type.Name);
        var element = (IEdmSchemaType)declared;
        edm.AddElement(element);
        foreach (var property in type.Properties.Where(property => !property.IsNavigation))
        {
            declared.AddStructuralProperty(property.Name, Reference(edm, property.Type, property.Nullable));
        }

        (declared as EdmEntityType)?.AddKeys(type.Key.Select(part => (IEdmStructuralProperty)declared.FindProperty(part.Name)));
        return element;
    }

    private static EdmEnumType DeclareEnum(EdmModel edm, EnumType type)
    {
        var ns = NamespaceOf(type);
        var declared = new EdmEnumType(ns, type.FullName[(ns.Length + 1)..], EdmPrimitiveTypeKind.Int32, isFlags: false);
        foreach (var (name, value) in type.Members)
        {
            declared.AddMember(name, new EdmEnumMemberValue(value));
        }

        edm.AddElement(declared);
        return declared;
    }

    // Of a collection the flag tells of its items (CSDL XML 4.01, 7.2.1), so it goes to the element.
    private static IEdmTypeReference Reference(EdmModel edm, DataType type, bool nullable) => type switch
    {
        CollectionType collection => new EdmCollectionTypeReference(new EdmCollectionType(Reference(edm, collection.Element, nullable))),
        PrimitiveType primitive => Reference(primitive, nullable),
        EnumType => new EdmEnumTypeReference((IEdmEnumType)Declare(edm, type), nullable),
        _ => new EdmComplexTypeReference((IEdmComplexType)Declare(edm, type), nullable),
    };

    private static IEdmPrimitiveTypeReference Reference(PrimitiveType type, bool nullable)
    {
        var kind = Enum.Parse<EdmPrimitiveTypeKind>(type.Kind.ToString());
        return type.Kind switch
        {
            _ when type.IsGeography => EdmCoreModel.Instance.GetSpatial(kind, Wgs84, nullable),
            PrimitiveKind.TimeOfDay or PrimitiveKind.DateTimeOffset or PrimitiveKind.Duration =>
                EdmCoreModel.Instance.GetTemporal(kind, TemporalPrecision, nullable),
            // No number of digits is fixed: without this the facets would say integers (CSDL XML 4.01, 7.2.4).
            PrimitiveKind.Decimal => EdmCoreModel.Instance.GetDecimal(precision: null, scale: null, nullable),
            _ => EdmCoreModel.Instance.GetPrimitive(kind, nullable),
        };
    }

    private static void AddNavigation(EdmModel edm, EntityModel model, StructuredType type)
    {
        var declared = (EdmEntityType)Find(edm, type);
        foreach (var property in type.Properties.Where(property => property.IsNavigation))
        {
            if (model.Find(property.TargetSet!) is null)
            {
                throw new ArgumentException($"{type.FullName}/{property.Name} leads to '{property.TargetSet}', which the model has not.", nameof(model));
            }

            declared.AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = property.Name,
                Target = (IEdmEntityType)Find(edm, property.ElementType),
                TargetMultiplicity = property switch
                {
                    { IsCollection: true } => EdmMultiplicity.Many,
                    { Nullable: true } => EdmMultiplicity.ZeroOrOne,
                    _ => EdmMultiplicity.One,
                },
            });
        }
    }

    private static void AddPartners(EdmModel edm, StructuredType type)
    {
        var declared = (EdmEntityType)Find(edm, type);
        foreach (var property in type.Properties.Where(property => property.Partner is not null))
        {
            var target = (EdmEntityType)Find(edm, property.ElementType);
            if (declared.FindProperty(property.Name) is EdmNavigationProperty there
                && target.FindProperty(property.Partner!) is EdmNavigationProperty back)
            {
                declared.SetNavigationPropertyPartner(there, new EdmPathExpression(there.Name), back, new EdmPathExpression(back.Name));
            }
        }
    }

    private static void AddContainer(EdmModel edm, EntityModel model)
    {
        var container = new EdmEntityContainer(model.Namespace, ContainerName);
        edm.AddElement(container);
        foreach (var set in model.Sets)
        {
            container.AddEntitySet(set.Name, (IEdmEntityType)Find(edm, set.Type));
        }

        foreach (var set in model.Sets)
        {
            var source = (EdmEntitySet)container.FindEntitySet(set.Name);
            foreach (var navigation in source.EntityType.NavigationProperties())
            {
                source.AddNavigationTarget(navigation, container.FindEntitySet(set.Type.Find(navigation.Name)!.TargetSet!));
            }
        }
    }

    private static string NamespaceOf(DataType type) => type.FullName[..type.FullName.LastIndexOf('.')];
}
